"""可核验日志测试: do trees, tiles, notes, receipts, witnesses and audits hold against anything that was changed?"""
