"""认定办理: plans, registration, eligibility, sittings, scores and results; one matter per file."""
