"""比对与预警测试: runs, alerts, and who may do what with them."""
