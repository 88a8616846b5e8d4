"""后台办理: what is done by the clock or after the commit, and not while a person waits."""
