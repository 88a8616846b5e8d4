"""协办页: the pages of another authority that was asked about a case: what it was asked, and nothing else."""
