"""队伍办理: what can be done with the corps? One verb of the regulation, one function, one transaction, one ledger line."""
