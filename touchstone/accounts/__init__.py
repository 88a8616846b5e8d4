"""人员与机构: who are the people and offices, and what may each be where?"""
