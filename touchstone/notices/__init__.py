"""公示与消息: what is put before the public, and what is told to whom?"""
