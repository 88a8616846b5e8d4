"""机构技术指导地址: which address shows which page on guidance?"""

from django.urls import path

from touchstone.web.body import guidance

PAGES = [
    path("guidance/", guidance.inquiries, name="inquiries"),
    path("guidance/inquiries/new", guidance.inquiry_new, name="inquiry_new"),
    path("guidance/inquiries/<str:number>", guidance.inquiry, name="inquiry"),
    path("guidance/answers", guidance.answers, name="guidance_answers"),
    path("guidance/answers/<str:number>", guidance.answer, name="guidance_answer"),
    path("guidance/papers", guidance.papers, name="guidance_papers"),
    path("guidance/papers/<str:number>", guidance.paper, name="guidance_paper"),
    path("guidance/papers/<str:number>/file", guidance.paper_file, name="guidance_paper_file"),
    path("guidance/notices", guidance.notices, name="guidance_notices"),
    path("guidance/notices/<str:number>", guidance.notice, name="guidance_notice"),
    path("guidance/visits", guidance.visits, name="guidance_visits"),
    path("guidance/visits/<str:number>", guidance.visit, name="guidance_visit"),
]
