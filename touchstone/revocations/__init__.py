"""证书撤销: which certificate data is doubted, who was heard, what was decided about each, and what holders ask to have put right."""
