"""考评和督导人员的页面: what may I judge, when, and how well did I do it? On a phone first."""
