"""机构门: pages for the staff of assessment bodies."""
