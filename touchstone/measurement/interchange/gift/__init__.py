"""文本题目格式（GIFT）: how do questions come and go as plain text, as people write them by hand?"""
