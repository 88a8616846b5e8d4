"""洞察查询: the desk and its tiles, a month, and how the districts decide. Writes nothing."""
