"""认定查询: what can be asked about plans, candidates, sittings and results?"""
