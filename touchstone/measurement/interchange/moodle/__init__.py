"""Moodle XML: questions as Moodle exports them."""
