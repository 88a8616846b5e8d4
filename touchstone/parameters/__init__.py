"""参数: which values has an office laid down where the law leaves them open?"""
