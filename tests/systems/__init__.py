"""机构系统: do keys open for whom they should, and has every request one effect?"""
