"""主管地址: which address shows which page?

`NAVIGATION` is (label, view name, icon, roles or kinds of office that see it; none = all).
"""

from django.urls import path

from touchstone.policy.roles import OfficeKind, Role
from touchstone.web import connected, issuer_keys, script_pages
from touchstone.web.appointments.urls import PAGES as APPOINTMENT_PAGES
from touchstone.web.archives.urls import PAGES as ARCHIVE_PAGES
from touchstone.web.authority import (
    catalogue_flags,
    certificates,
    ending_papers,
    inbox,
    industry_home,
    notices,
    pilots,
    plan,
    plans,
    supervision,
    today,
)
from touchstone.web.authority.call_urls import PAGES as CALL_PAGES
from touchstone.web.authority.catalogue_urls import PAGES as CATALOGUE_PAGES
from touchstone.web.authority.corps_urls import PAGES as CORPS_PAGES
from touchstone.web.authority.dispatch_urls import PAGES as DISPATCH_PAGES
from touchstone.web.authority.ending_urls import PAGES as ENDING_PAGES
from touchstone.web.authority.filing_urls import PAGES as FILING_PAGES
from touchstone.web.authority.guidance_urls import PAGES as GUIDANCE_PAGES
from touchstone.web.authority.layout_urls import PAGES as LAYOUT_PAGES
from touchstone.web.bank.urls import AUTHORITY_PAGES as BANK_PAGES
from touchstone.web.body import exception_list
from touchstone.web.complaints.urls import AUTHORITY_PAGES as COMPLAINT_PAGES
from touchstone.web.enforcement.urls import AUTHORITY_PAGES as ENFORCEMENT_PAGES
from touchstone.web.grading.urls import AUTHORITY_PAGES as GRADING_PAGES
from touchstone.web.insight.urls import LEADERS
from touchstone.web.insight.urls import PAGES as INSIGHT_PAGES
from touchstone.web.inspections.urls import PAGES as INSPECTION_PAGES
from touchstone.web.monitoring.urls import AUTHORITY_PAGES as MONITORING_PAGES
from touchstone.web.navigation_types import Line
from touchstone.web.oversight.urls import AUTHORITY_PAGES as OVERSIGHT_PAGES
from touchstone.web.papers.urls import PAGES as PAPER_PAGES
from touchstone.web.revocations.urls import AUTHORITY_PAGES as REVOCATION_PAGES
from touchstone.web.sittings.urls import PAGES as SITTING_PAGES
from touchstone.web.uploads.urls import AUTHORITY_PAGES as UPLOAD_PAGES
from touchstone.web.violations.urls import PAGES as VIOLATION_PAGES

app_name = "authority"
_REPORTS = (Role.REGISTRAR, Role.INTAKE_CLERK, Role.DIRECTOR, Role.POLICY_OFFICER)
urlpatterns = [
    path("", industry_home.home, name="home"),
    path("inbox", inbox.inbox, name="inbox"),
    path("done", inbox.done, name="done"),
    path("asked", inbox.asked, name="asked"),
    path("copies", inbox.copies, name="copies"),
    path("copies/<int:copy_id>/read", inbox.read_copy, name="read_copy"),
    path("take/<int:task_id>", inbox.take, name="take"),
    path("tasks/<int:task_id>/hand-over", inbox.hand_over, name="hand_over"),
    *FILING_PAGES,
    *CALL_PAGES,
    *ENDING_PAGES,
    *CATALOGUE_PAGES,
    *LAYOUT_PAGES,
    *CORPS_PAGES,
    *DISPATCH_PAGES,
    *BANK_PAGES,
    *PAPER_PAGES,
    *GUIDANCE_PAGES,
    path("today", today.today, name="today"),
    path("supervision", supervision.supervision, name="supervision"),
    *SITTING_PAGES,
    *VIOLATION_PAGES,
    *REVOCATION_PAGES,
    *UPLOAD_PAGES,
    *MONITORING_PAGES,
    *INSPECTION_PAGES,
    *GRADING_PAGES,
    *OVERSIGHT_PAGES,
    *COMPLAINT_PAGES,
    *ENFORCEMENT_PAGES,
    *INSIGHT_PAGES,
    *ARCHIVE_PAGES,
    *APPOINTMENT_PAGES,
    path("plans", plans.plans, name="plans"),
    path("plans/exceptions", exception_list.exceptions, name="exceptions"),
    path("plans/<str:number>", plan.plan, name="plan"),
    path("plans/<str:number>/sittings/<str:sitting>/scripts", script_pages.scripts_of, name="scripts"),
    path("plans/<str:number>/sittings/<str:sitting>/scripts/<str:script>", script_pages.script_log, name="script_log"),
    path("notices", notices.notices, name="notices"),
    path("notices/<str:number>", notices.notice, name="notice"),
    path("ending-papers", ending_papers.ending_soon, name="ending_papers"),
    path("pilots", pilots.pilots, name="pilots"),
    path("pilots/new", pilots.pilot_new, name="pilot_new"),
    path("pilots/<str:number>", pilots.pilot, name="pilot"),
    path("pilots/<str:number>/files/<str:attachment>", pilots.pilot_file, name="pilot_file"),
    path("catalogue-flags", catalogue_flags.catalogue_flags, name="catalogue_flags"),
    path("systems", connected.connected, name="systems"),
    path("certificates", certificates.certificates, name="certificates"),
    path("certificates/keys", issuer_keys.issuer_keys, name="issuer_keys"),
    path("certificates/keys/<str:number>", issuer_keys.issuer_key, name="issuer_key"),
    path("certificates/<str:number>", certificates.certificate, name="certificate"),
]
NAVIGATION: list[Line] = [
    ("首页", "authority:home", "home", (OfficeKind.INDUSTRY_AUTHORITY,)),
    ("领导首页", "authority:leader", "layout-dashboard", LEADERS),
    ("待办", "authority:inbox", "inbox", ()),
    ("备案申请", "authority:filings", "file-certificate", ()),
    ("备案结果报送", "authority:reports", "send", _REPORTS),
    ("存量装入", "authority:loadings", "file-spreadsheet", (Role.REGISTRAR, Role.INTAKE_CLERK)),
    ("征集遴选", "authority:calls", "list-check", ()),
    ("到期与终止", "authority:endings", "hourglass", ()),
    ("目录调整", "authority:catalogue_flags", "flag", _REPORTS),
    ("认定计划", "authority:plans", "layout-kanban", ()),
    ("直接认定和破格", "authority:exceptions", "award", ()),
    ("今日场次", "authority:today", "calendar-due", ()),
    ("机构案件", "authority:cases", "gavel", ()),
    ("违纪违规案件", "authority:violations", "gavel", (OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU, OfficeKind.DISTRICT_BUREAU)),
    ("证书撤销", "authority:revocations", "circle-x", (OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU, OfficeKind.DISTRICT_BUREAU)),
    ("更正和补发", "authority:certificate_requests", "edit", (OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU, OfficeKind.DISTRICT_BUREAU)),
    ("政策支持名单", "authority:support", "coin", (OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU, OfficeKind.DISTRICT_BUREAU)),
    ("预警", "authority:alerts", "alert-triangle", ()),
    ("数据比对", "authority:comparison_rules", "scan", ()),
    ("监管职责", "authority:supervision", "eye", ()),
    ("双随机抽查", "authority:inspection_plans", "scale", (OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU, OfficeKind.DISTRICT_BUREAU)),
    ("考核与分级", "authority:grades", "award", (OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU, OfficeKind.DISTRICT_BUREAU)),
    ("资料与监控", "authority:records_calls", "video", (OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU, OfficeKind.DISTRICT_BUREAU)),
    ("投诉举报和线索", "authority:leads", "message", (OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU, OfficeKind.DISTRICT_BUREAU)),
    ("考评派遣", "authority:dispatch_requests", "switch-horizontal", (OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU, OfficeKind.DISTRICT_BUREAU)),
    ("公示", "authority:notices", "speakerphone", ()),
    ("特级首席评聘", "authority:appointment_rounds", "award", ()),
    ("证书", "authority:certificates", "certificate", ()),
    ("证书数据审核", "authority:certificate_batches", "cloud-upload", (OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU, OfficeKind.DISTRICT_BUREAU)),
    ("评价档案", "authority:archives", "archive", ()),
    ("评价机构", "authority:bodies", "building", ()),
    ("机构系统接入", "authority:systems", "server", (OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU)),
    ("考评督导队伍", "authority:corps", "users-group", (OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU)),
    ("题库", "authority:bank_home", "books", (OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU)),
    ("试卷", "authority:papers", "file-text", (OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU)),
    ("技术指导", "authority:inquiries", "help-circle", ()),
    ("试点", "authority:pilots", "flag", (Role.DIRECTOR, Role.POLICY_OFFICER, Role.INTAKE_CLERK)),
    ("统筹布局", "authority:layout", "map-2", ()),
    ("协会纳入", "authority:association_moves", "route", ()),
    ("职业目录", "authority:catalogue", "book", ()),
    ("参数", "operators:parameters", "adjustments-horizontal", (Role.POLICY_OFFICER,)),
    ("公告", "operators:announcements", "news", (Role.POLICY_OFFICER,)),
]
