"""技术指导: who asks what, who advises, and what was told to whom (`通知 一`)?"""
