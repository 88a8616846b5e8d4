"""虚构历史: bodies, filings, plans, candidates and certificates of a large city, loaded share by share."""
