"""比对与预警: which hits did the comparison of data bring, whose are they, and what came of each?"""
