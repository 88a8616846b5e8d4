"""队伍的技术指导: what do I ask, and what was answered to others?"""

from touchstone.web import guidance_paper_pages, inquiry_pages
from touchstone.web.doors import expert_door

inquiries = expert_door(inquiry_pages.inquiries)
inquiry_new = expert_door(inquiry_pages.inquiry_new)
inquiry = expert_door(inquiry_pages.inquiry)
answers = expert_door(inquiry_pages.answers)
answer = expert_door(inquiry_pages.answer)
papers = expert_door(guidance_paper_pages.papers)
paper = expert_door(guidance_paper_pages.paper)
paper_file = expert_door(guidance_paper_pages.paper_file)
