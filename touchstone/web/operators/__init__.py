"""运行门: pages for the people who run the platform."""
