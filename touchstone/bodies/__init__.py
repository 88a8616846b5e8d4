"""评价机构: who evaluates, where, with whom?"""
