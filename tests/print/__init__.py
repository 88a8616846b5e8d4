"""打印测试: does paper show what was recorded?"""
