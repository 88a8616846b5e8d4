"""备案: who may evaluate what, where, until when?"""
