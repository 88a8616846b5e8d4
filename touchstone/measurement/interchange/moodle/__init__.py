"""魔灯题目格式（Moodle XML）: how do questions come from and go to Moodle?"""
