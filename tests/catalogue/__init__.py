"""职业目录: is what may be filed held by date, and is a list loaded row by row?"""
