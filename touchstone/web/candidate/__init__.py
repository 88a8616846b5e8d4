"""考生的页面: what comes next for me, and what came of it? On a phone first."""
