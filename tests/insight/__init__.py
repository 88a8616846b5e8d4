"""洞察测试: the desk of a leader, monthly reports, and how the districts decide."""
