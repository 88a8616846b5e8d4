"""法规: every rule, route and number of the regulation, with its clause and its days; plain Python."""
