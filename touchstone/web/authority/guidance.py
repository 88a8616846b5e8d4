"""主管的技术指导: which questions do we answer, and which answers are published?"""

from touchstone.web import inquiry_pages
from touchstone.web.doors import authority_door

inquiries = authority_door(inquiry_pages.inquiries)
inquiry = authority_door(inquiry_pages.inquiry)
answers = authority_door(inquiry_pages.answers)
answer = authority_door(inquiry_pages.answer)
inquiry_publish = authority_door(inquiry_pages.inquiry_publish)
