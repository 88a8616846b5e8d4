"""公众门: pages for anyone: verify a certificate, look up a body, read public notices."""
