"""QTI: questions of 1EdTech's format 2.1, 2.2 and 3.0, as single items and as content packages."""
