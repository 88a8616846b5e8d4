"""机构案件事实: what do a case's rows say, as the rules of supervision read it, and from what may a case be opened?"""
