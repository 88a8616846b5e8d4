"""待办: who owes what by when?"""
