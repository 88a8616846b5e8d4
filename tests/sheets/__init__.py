"""表格测试: do workbooks come in safely and go out whole?"""
