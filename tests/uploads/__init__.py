"""证书数据测试: does what bodies report of their certificates come in by the chain, and by nothing else?"""
