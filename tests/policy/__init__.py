"""法规测试: tables a policy officer can read and sign."""
