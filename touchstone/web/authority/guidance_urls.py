"""主管技术指导地址: which address shows which page on guidance?"""

from django.urls import path

from touchstone.web.authority import guidance

PAGES = [
    path("guidance/", guidance.inquiries, name="inquiries"),
    path("guidance/inquiries/<str:number>", guidance.inquiry, name="inquiry"),
    path("guidance/answers", guidance.answers, name="guidance_answers"),
    path("guidance/answers/<str:number>", guidance.answer, name="guidance_answer"),
    path("guidance/inquiries/<str:number>/publish", guidance.inquiry_publish, name="inquiry_publish"),
]
