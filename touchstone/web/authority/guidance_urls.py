"""主管技术指导地址: which address shows which page on guidance?"""

from django.urls import path

from touchstone.web.authority import guidance, guidance_acts, guidance_training

PAGES = [
    path("guidance/", guidance.inquiries, name="inquiries"),
    path("guidance/inquiries/<str:number>", guidance.inquiry, name="inquiry"),
    path("guidance/answers", guidance.answers, name="guidance_answers"),
    path("guidance/answers/<str:number>", guidance.answer, name="guidance_answer"),
    path("guidance/inquiries/<str:number>/publish", guidance.inquiry_publish, name="inquiry_publish"),
    path("guidance/papers", guidance.papers, name="guidance_papers"),
    path("guidance/papers/new", guidance_acts.paper_new, name="guidance_paper_new"),
    path("guidance/papers/<str:number>", guidance.paper, name="guidance_paper"),
    path("guidance/papers/<str:number>/file", guidance.paper_file, name="guidance_paper_file"),
    path("guidance/papers/<str:number>/end", guidance_acts.paper_end, name="guidance_paper_end_part"),
    path("guidance/notices", guidance.notices, name="guidance_notices"),
    path("guidance/notices/new", guidance_acts.notice_new, name="guidance_notice_new"),
    path("guidance/notices/<str:number>", guidance.notice, name="guidance_notice"),
    path("guidance/notices/<str:number>/training", guidance_training.training, name="guidance_training"),
    path("guidance/visits", guidance.visits, name="guidance_visits"),
    path("guidance/visits/new", guidance_acts.visit_new, name="guidance_visit_new"),
    path("guidance/visits/of/<str:number>", guidance_acts.visit_of, name="guidance_visit_of"),
    path("guidance/industry", guidance_acts.industry, name="industry_guidance"),
    path("guidance/visits/<str:number>", guidance.visit, name="guidance_visit"),
]
