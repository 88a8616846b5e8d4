"""投诉举报和线索: what was told of bodies and of evaluators never filed, by whom is it verified, and what came of it?"""
