"""认定事实: how do the rows of a registration become the facts that the rules of eligibility read?"""
