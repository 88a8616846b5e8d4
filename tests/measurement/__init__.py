"""测量测试: do questions come and go unharmed, and are they counted as they should?"""
