"""考核与分级: what does a body's year and its whole filing come to, and which grade follows, with reasons?"""
