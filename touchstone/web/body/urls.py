"""机构地址: which address shows which page?

`NAVIGATION` is (label, view name, icon, roles that see it; none = all).
"""

from django.urls import path

from touchstone.policy.roles import Role
from touchstone.web.appointments.urls import BODY_PAGES as APPOINTMENT_PAGES
from touchstone.web.archives.urls import BODY_PAGES as ARCHIVE_PAGES
from touchstone.web.bank.urls import PAGES as BANK_PAGES
from touchstone.web.body import home, inbox
from touchstone.web.body.body_urls import BODY_PAGES
from touchstone.web.body.call_urls import PAGES as CALL_PAGES
from touchstone.web.body.corps_urls import PAGES as CORPS_PAGES
from touchstone.web.body.exam_urls import EXAM_PAGES
from touchstone.web.body.filing_urls import PAGES as FILING_PAGES
from touchstone.web.body.guidance_urls import PAGES as GUIDANCE_PAGES
from touchstone.web.body.plan_urls import PLAN_PAGES
from touchstone.web.body.population_urls import POPULATION_PAGES
from touchstone.web.body.standard_urls import STANDARD_PAGES
from touchstone.web.complaints.urls import BODY_PAGES as COMPLAINT_PAGES
from touchstone.web.enforcement.urls import BODY_PAGES as ENFORCEMENT_PAGES
from touchstone.web.grading.urls import BODY_PAGES as GRADING_BODY_PAGES
from touchstone.web.inspections.urls import BODY_PAGES as INSPECTION_BODY_PAGES
from touchstone.web.monitoring.urls import BODY_PAGES as MONITORING_BODY_PAGES
from touchstone.web.navigation_types import Line
from touchstone.web.oversight.urls import BODY_PAGES as OVERSIGHT_PAGES
from touchstone.web.papers.urls import PAGES as PAPER_PAGES
from touchstone.web.revocations.urls import OFFICE_PAGES as REVOCATION_PAGES
from touchstone.web.sittings.urls import SERVING_PAGES
from touchstone.web.uploads.urls import BODY_PAGES as UPLOAD_PAGES
from touchstone.web.violations.urls import BODY_PAGES as VIOLATION_BODY_PAGES

app_name = "body"
urlpatterns = [
    path("", home.home, name="home"),
    path("inbox", inbox.inbox, name="inbox"),
    path("done", inbox.done, name="done"),
    path("asked", inbox.asked, name="asked"),
    path("copies", inbox.copies, name="copies"),
    path("copies/<int:copy_id>/read", inbox.read_copy, name="read_copy"),
    path("take/<int:task_id>", inbox.take, name="take"),
    path("tasks/<int:task_id>/hand-over", inbox.hand_over, name="hand_over"),
    *BODY_PAGES,
    *POPULATION_PAGES,
    *CALL_PAGES,
    *CORPS_PAGES,
    *FILING_PAGES,
    *PLAN_PAGES,
    *EXAM_PAGES,
    *ARCHIVE_PAGES,
    *COMPLAINT_PAGES,
    *APPOINTMENT_PAGES,
    *STANDARD_PAGES,
    *BANK_PAGES,
    *PAPER_PAGES,
    *SERVING_PAGES,
    *MONITORING_BODY_PAGES,
    *GRADING_BODY_PAGES,
    *INSPECTION_BODY_PAGES,
    *OVERSIGHT_PAGES,
    *VIOLATION_BODY_PAGES,
    *ENFORCEMENT_PAGES,
    *REVOCATION_PAGES,
    *UPLOAD_PAGES,
    *GUIDANCE_PAGES,
]
NAVIGATION: list[Line] = [
    ("首页", "body:home", "home", ()),
    ("待办", "body:inbox", "inbox", ()),
    ("备案申请", "body:filings", "file-certificate", ()),
    ("征集", "body:calls", "list-check", ()),
    ("认定计划", "body:plans", "layout-kanban", ()),
    ("今日场次", "body:today", "calendar-due", (Role.BODY_PLANNER, Role.BODY_LEADER)),
    ("监督检查", "body:inspections", "checkup-list", (Role.BODY_PLANNER, Role.BODY_LEADER)),
    ("我的预警", "body:alerts", "alert-triangle", (Role.BODY_PLANNER, Role.BODY_LEADER)),
    ("考核与等级", "body:standing", "chart-bar", ()),
    ("配合督导", "body:records_calls", "video", (Role.BODY_PLANNER, Role.BODY_LEADER)),
    ("核实说明", "body:lead_words", "message", (Role.BODY_PLANNER, Role.BODY_LEADER, Role.BODY_FILER)),
    ("机构案件", "body:cases", "scale", ()),
    ("违纪违规档案", "body:violations", "gavel", (Role.BODY_PLANNER, Role.BODY_LEADER)),
    ("特级首席评聘", "body:appointment_rounds", "award", (Role.BODY_PLANNER, Role.BODY_LEADER)),
    ("证书", "body:certificates", "certificate", ()),
    ("证书撤销", "body:revocations", "circle-x", (Role.BODY_PLANNER, Role.BODY_LEADER)),
    ("更正和补发", "body:certificate_requests", "edit", (Role.BODY_PLANNER, Role.BODY_LEADER)),
    ("证书数据", "body:certificate_batches", "cloud-upload", (Role.BODY_PLANNER, Role.BODY_LEADER)),
    ("评价档案", "body:archives", "archive", (Role.BODY_PLANNER, Role.BODY_LEADER)),
    ("评价对象", "body:populations", "users-group", ()),
    ("题库", "body:bank_home", "books", ()),
    ("试卷", "body:papers", "file-text", (Role.BANK_KEEPER, Role.PAPER_KEEPER, Role.BODY_LEADER, Role.BODY_PLANNER)),
    ("考核点", "body:venues", "map-pin", ()),
    ("人员队伍", "body:staff", "users", ()),
    ("标准", "body:standards", "book", ()),
    ("考评督导队伍", "body:corps", "id-badge-2", ()),
    ("技术指导", "body:inquiries", "help-circle", ()),
    ("系统对接", "body:systems", "key", ()),
    ("机构信息", "body:profile", "building", ()),
]
