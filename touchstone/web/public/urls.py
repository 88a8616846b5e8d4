"""公众地址: which address shows which page?

`NAVIGATION` is (label, view name, icon, roles that see it; none = all).
"""

from django.urls import path

from touchstone.web.navigation_types import Line
from touchstone.web.public import (
    announcements,
    body_sign_up,
    calls,
    candidate_sign_up,
    certificate,
    corps,
    filed_for,
    guidance,
    home,
    licences,
    notice,
    notices,
    objection,
    occupation_options,
    open_data,
    plans,
    policy_book,
    register,
    register_body,
    route_wizard,
    standards,
    verify,
)

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("verify", verify.verify, name="verify"),
    path("v/<str:number>", certificate.certificate, name="certificate"),
    path("register", register.register, name="register"),
    path("register/answer", filed_for.answer_page, name="filed_for"),
    path("register/answer.json", filed_for.answer_json, name="filed_for_file"),
    path("corps", corps.corps_check, name="corps_check"),
    path("corps/join", corps.corps_join, name="corps_join"),
    path("open", open_data.open_data, name="open_data"),
    path("open/filings.csv", open_data.filings_csv, name="open_filings_csv_file"),
    path("open/filings.json", open_data.filings_json, name="open_filings_json_file"),
    path("standards", standards.standards, name="standards"),
    path("standards/<path:number>.json", standards.standard_file, name="standard_file"),
    path("standards/<path:number>", standards.standard, name="standard"),
    path("register/<str:number>", register_body.register_body, name="register_body"),
    path("route", route_wizard.route_wizard, name="route_wizard"),
    path("sign-up", body_sign_up.body_sign_up, name="body_sign_up"),
    path("sign-up/candidate", candidate_sign_up.candidate_sign_up, name="candidate_sign_up"),
    path("sign-up/uscc", body_sign_up.uscc_part, name="uscc_part"),
    path("occupations", occupation_options.occupation_options, name="occupation_options"),
    path("plans", plans.plans, name="plans"),
    path("plans/<str:number>", plans.plan, name="plan"),
    path("calls", calls.calls, name="calls"),
    path("calls/<str:number>", calls.call, name="call"),
    path("notices", notices.notices, name="notices"),
    path("notices/<str:number>", notice.notice, name="notice"),
    path("objections/<str:number>", objection.objection, name="objection"),
    path("announcements", announcements.announcements, name="announcements"),
    path("announcements/<str:number>", announcements.announcement, name="announcement"),
    path("guidance/answers", guidance.answers, name="guidance_answers"),
    path("guidance/answers/<str:number>", guidance.answer, name="guidance_answer"),
    path("guidance/papers", guidance.papers, name="guidance_papers"),
    path("guidance/papers/<str:number>", guidance.paper, name="guidance_paper"),
    path("guidance/papers/<str:number>/file", guidance.paper_file, name="guidance_paper_file"),
    path("law", policy_book.policy_book, name="policy_book"),
    path("licences", licences.licences, name="licences"),
]
NAVIGATION: list[Line] = [
    ("查证书", "public:verify", "shield-check", ()),
    ("机构名录", "public:register", "building", ()),
    ("报名", "public:plans", "clipboard-check", ()),
    ("公示", "public:notices", "speakerphone", ()),
    ("征集", "public:calls", "list-check", ()),
    ("公告", "public:announcements", "speakerphone", ()),
    ("标准", "public:standards", "book", ()),
    ("技术指导", "public:guidance_answers", "help-circle", ()),
    ("规则", "public:policy_book", "book", ()),
]
