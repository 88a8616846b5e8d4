"""主管的技术指导: which questions do we answer, and which answers are published?"""

from touchstone.web import guidance_notice_pages, guidance_paper_pages, inquiry_pages
from touchstone.web.doors import authority_door

inquiries = authority_door(inquiry_pages.inquiries)
inquiry = authority_door(inquiry_pages.inquiry)
answers = authority_door(inquiry_pages.answers)
answer = authority_door(inquiry_pages.answer)
inquiry_publish = authority_door(inquiry_pages.inquiry_publish)
papers = authority_door(guidance_paper_pages.papers)
paper = authority_door(guidance_paper_pages.paper)
paper_file = authority_door(guidance_paper_pages.paper_file)
notices = authority_door(guidance_notice_pages.notices)
notice = authority_door(guidance_notice_pages.notice)
visits = authority_door(guidance_notice_pages.visits)
visit = authority_door(guidance_notice_pages.visit)
