"""违纪违规处理: what candidates and staff did wrong, how they were heard, what was decided, and what follows."""
