"""申报条件: may this person apply at this level on this day, and if not, what is missing?"""
