"""机构的技术指导: what does my body ask, what is it told, and who came to advise?"""

from touchstone.web import guidance_notice_pages, guidance_paper_pages, inquiry_pages
from touchstone.web.doors import body_door

inquiries = body_door(inquiry_pages.inquiries)
inquiry_new = body_door(inquiry_pages.inquiry_new)
inquiry = body_door(inquiry_pages.inquiry)
answers = body_door(inquiry_pages.answers)
answer = body_door(inquiry_pages.answer)
papers = body_door(guidance_paper_pages.papers)
paper = body_door(guidance_paper_pages.paper)
paper_file = body_door(guidance_paper_pages.paper_file)
notices = body_door(guidance_notice_pages.notices)
notice = body_door(guidance_notice_pages.notice)
visits = body_door(guidance_notice_pages.visits)
visit = body_door(guidance_notice_pages.visit)
