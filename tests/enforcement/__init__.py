"""机构案件测试: is no body dealt with without its steps, beyond its tier, off its ground, or for what it was cleared of?"""
