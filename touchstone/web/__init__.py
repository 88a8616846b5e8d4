"""页面: the doors through which people come, one folder per audience, one file per page."""
