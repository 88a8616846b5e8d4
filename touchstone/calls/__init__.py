"""公开征集: which projects may social bodies evaluate, and who was selected to?"""
