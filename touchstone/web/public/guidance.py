"""公开的技术指导: what do the offices answer and offer to everyone?"""

from functools import partial

from touchstone.web import guidance_paper_pages, inquiry_pages

answers = partial(inquiry_pages.answers, public=True)
answer = partial(inquiry_pages.answer, public=True)
papers = partial(guidance_paper_pages.papers, public=True)
paper = partial(guidance_paper_pages.paper, public=True)
paper_file = partial(guidance_paper_pages.paper_file, public=True)
