"""公开日志: what goes into the logs that anybody can check, and who puts it in order?"""
