"""题库: which questions are there, who wrote, judged and opened them, and which papers were composed of them?"""
