"""试题交换: how do questions come from and go to other systems (QTI, GIFT, Moodle XML), and what is lost on the way?"""
