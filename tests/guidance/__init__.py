"""技术指导测试: who asks, answers, publishes, notifies and visits?"""
