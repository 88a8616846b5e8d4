"""页面标签: which template tags do the pages share?"""
