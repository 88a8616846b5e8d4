"""接口: does the interface do what its document says?"""
