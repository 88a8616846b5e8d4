"""命令行测试: do the terminal commands do what they say, and only that?"""
