"""GIFT: questions as plain text, as Moodle and others write them by hand."""
