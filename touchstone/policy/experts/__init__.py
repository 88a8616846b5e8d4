"""考评与督导规则: who may be an assessor or supervisor, who must not judge whom, how are they sent?"""
