"""队伍地址: which address shows which page?

`NAVIGATION` is (label, view name, icon, roles or kinds of office that see it; none = all).
"""

from django.urls import path

from touchstone.web.expert import applying, assignments, days, figures, home, marking, panel, profile, qualifications, ties, training
from touchstone.web.expert.guidance_urls import PAGES as GUIDANCE_PAGES
from touchstone.web.navigation_types import Line
from touchstone.web.offline import visit_worker_file
from touchstone.web.sittings.urls import SERVING_PAGES
from touchstone.web.violations.urls import PAGES as VIOLATION_PAGES

app_name = "expert"
urlpatterns = [
    path("", home.home, name="home"),
    path("assignments", assignments.assignments, name="assignments"),
    path("assignments/<str:number>", assignments.assignment, name="assignment"),
    path("assignments/<str:number>/marks", marking.marking, name="marking"),
    path("assignments/<str:number>/marks/send", marking.marking_sent_part, name="marking_sent_part"),
    path("assignments/<str:number>/marks/photo", marking.marking_photo_part, name="marking_photo_part"),
    path("assignments/<str:number>/marks/files/<str:attachment>", marking.marking_file, name="marking_file"),
    path("assignments/<str:number>/panel", panel.panel, name="panel"),
    path("assignments/<str:number>/panel/papers/<str:attachment>", panel.panel_paper_file, name="panel_paper_file"),
    path("assignments/<str:number>/panel/<str:ticket>", panel.defence, name="defence"),
    path("visit-worker.js", visit_worker_file, name="visit_worker_file"),
    path("qualifications", qualifications.qualifications, name="qualifications"),
    path("measures/<str:number>", qualifications.measure, name="measure"),
    path("apply", applying.apply, name="apply"),
    path("applications/<str:number>", applying.corps_application, name="corps_application"),
    path("applications/<str:number>/files/<str:attachment>", applying.corps_application_file, name="corps_application_file"),
    path("training", training.training, name="training"),
    path("ties", ties.ties, name="ties"),
    path("days", days.days, name="days"),
    path("figures", figures.figures, name="figures"),
    path("profile", profile.profile, name="profile"),
    *GUIDANCE_PAGES,
    *SERVING_PAGES,
    *VIOLATION_PAGES,
]
NAVIGATION: list[Line] = [
    ("首页", "expert:home", "home", ()),
    ("我的任务", "expert:assignments", "calendar-event", ()),
    ("今日场次", "expert:today", "calendar-due", ()),
    ("我的资格", "expert:qualifications", "certificate", ()),
    ("我的培训", "expert:training", "school", ()),
    ("回避申报", "expert:ties", "user-x", ()),
    ("我的时间", "expert:days", "calendar", ()),
    ("违规处理", "expert:violations", "gavel", ()),
    ("我的数据", "expert:figures", "chart-bar", ()),
    ("技术指导", "expert:inquiries", "help-circle", ()),
    ("我的资料", "expert:profile", "id", ()),
]
