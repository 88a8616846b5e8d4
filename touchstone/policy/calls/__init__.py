"""公开征集的规则: projects, calls, conditions, ranking (`通知 三(一)2`)."""
