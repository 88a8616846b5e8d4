"""试题交换测试: the neutral form, its scoring, and every format."""
