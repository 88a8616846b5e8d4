"""洞察: what does a leader see at a glance, what happened in a month, and do the districts decide alike? It reads all others and is read by none."""
