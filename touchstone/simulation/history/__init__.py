"""虚构历史: bodies, filings, plans, candidates and certificates of a district-size city, loaded at once."""
