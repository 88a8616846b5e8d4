"""试卷页面: blueprints and papers, the same pages for a body under /body and for the offices under /desk."""
