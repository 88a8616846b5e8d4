"""备案规则: which route does an applicant take, who must agree, what may be filed, and what must be shown?"""
