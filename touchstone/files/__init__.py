"""附件: which files were handed in, and are they what they say?"""
