"""结构: does the code keep the house rules?"""
