"""考务规则: which parts are examined, who must be present, what passes, and by when is each step due?"""
