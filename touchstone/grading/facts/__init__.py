"""考核与分级事实: what the platform knows of a body's year, turned into what the rules of grade and assessment read."""
