"""题库页面: the pages of a bank, the same for a body's own bank and for the centre that keeps the city's."""
