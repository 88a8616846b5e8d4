"""机构的技术指导: what does my body ask, what is it told, and who came to advise?"""

from touchstone.web import inquiry_pages
from touchstone.web.doors import body_door

inquiries = body_door(inquiry_pages.inquiries)
inquiry_new = body_door(inquiry_pages.inquiry_new)
inquiry = body_door(inquiry_pages.inquiry)
answers = body_door(inquiry_pages.answers)
answer = body_door(inquiry_pages.answer)
