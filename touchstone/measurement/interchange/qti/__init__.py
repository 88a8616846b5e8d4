"""国际通用题目格式（QTI）: how do questions of 1EdTech QTI 2.1, 2.2 and 3.0 come and go, as single items and as content packages?"""
