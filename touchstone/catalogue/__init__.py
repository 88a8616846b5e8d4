"""职业目录: which occupations, trades, levels and standards are there on a day?"""
