"""证书撤销页: the pages of cases of revocation, of holders' requests and of the support that was paid, for each audience."""
