"""违纪违规处理规则: which acts of candidates and staff are there, how grave is each, what may follow, and how is it heard?"""
