"""证书数据: how does certificate data come in, who reviews it, and what became of it at the national query?"""
