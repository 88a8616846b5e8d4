"""证书: which certificates were issued, by whom, on what basis?"""
