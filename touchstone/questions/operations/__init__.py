"""题库办理: what can be done with questions and papers? One verb, one function, one transaction, one ledger line."""
