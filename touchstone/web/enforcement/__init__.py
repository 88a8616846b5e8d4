"""机构案件页: the pages of cases about bodies, for the offices, the body, other authorities that help, and the public."""
