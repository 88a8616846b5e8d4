"""安装实例测试: does a clone keep to itself?"""
