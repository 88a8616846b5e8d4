"""题库测试: how questions are written, judged, kept, opened, shared and settled."""
