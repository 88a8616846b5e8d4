"""违纪违规页: the pages of a case of misconduct, for the body, for the offices that hear appeals, and for the person themselves."""
