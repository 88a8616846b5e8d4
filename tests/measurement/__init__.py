"""测量测试: simulated answers, of which the truth is known."""
