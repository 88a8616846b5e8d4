"""测量: what do answers tell of questions and people, and how is a paper composed? Plain Python and numpy."""
