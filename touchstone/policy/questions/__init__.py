"""题库规则: when may a question be used, who may open it, what must a paper cover?"""
