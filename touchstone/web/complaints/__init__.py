"""投诉举报和线索页: the desk of leads and of evaluators never filed, and where a body gives its word."""
