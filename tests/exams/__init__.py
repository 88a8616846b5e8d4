"""认定测试: do plans, registration, sittings and results keep to the rules?"""
