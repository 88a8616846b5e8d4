"""证书规则: how is a certificate numbered, what must it say, who issues it and who answers for it?"""
