"""公开日志测试: is what is logged complete, in order, and free of people?"""
