"""主管门: pages for city, centre, districts and industry authorities."""
