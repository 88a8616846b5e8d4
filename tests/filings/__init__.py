"""备案测试: does every verb do what the route says, and nothing when it must not?"""
