"""试金石: the open platform for skill-level certification of workers."""
