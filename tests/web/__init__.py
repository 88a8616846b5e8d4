"""页面测试: do the pages say and do what they should?"""
