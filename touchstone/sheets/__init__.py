"""表格: how do workbooks come in safely, and how do they go out?

Reading goes through `child` (a limited process), writing through `templates`, `tables` and `returning`.
"""
