"""投诉举报和线索测试: is every lead taken up, verified by two, answered in time, and whoever complained kept out of it?"""
