"""双随机抽查测试: can nobody know or steer who is drawn, and can anybody check it afterwards?"""
