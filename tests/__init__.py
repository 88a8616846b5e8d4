"""测试: does everything do what its page, its clause and its docstring say?"""
