"""征集测试: are the two gates before a filing kept apart, and does every verb do what it says and nothing when it must not?"""
