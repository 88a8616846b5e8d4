"""可信: sealed fields, credentials, log and draws; plain Python."""
