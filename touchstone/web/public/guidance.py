"""公开的技术指导: what do the offices answer and offer to everyone?"""

from functools import partial

from touchstone.web import inquiry_pages

answers = partial(inquiry_pages.answers, public=True)
answer = partial(inquiry_pages.answer, public=True)
