"""考评与督导队伍: who may judge and watch, who was sent where, and how well did they do it?"""
