"""比对测试: does the comparison find what was planted, and nothing else?"""
