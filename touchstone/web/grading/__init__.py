"""考核与分级页面: assessments, grades and expiry evaluations, on the side of the offices and of the body."""
