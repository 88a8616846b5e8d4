"""存证: one line for everything that changed state?"""
