"""考试当日页: the pages of a day of exams, the same for the body's people, for those of the corps and for the offices that look on."""
