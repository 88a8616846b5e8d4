"""运行地址: which address shows which page?

`NAVIGATION` is (label, view name, icon, roles that see it; none = all).
"""

from django.urls import path

from touchstone.policy.roles import Role
from touchstone.web import connected
from touchstone.web.monitoring.urls import OPERATOR_PAGES as MONITORING_PAGES
from touchstone.web.navigation_types import Line
from touchstone.web.operators import announcements, home, jobs, ledger, logs, offices, outside, parameters, people

app_name = "operators"
urlpatterns = [
    path("", home.home, name="home"),
    path("offices", offices.offices, name="offices"),
    path("offices/new", offices.office_new, name="office_new"),
    path("offices/<str:number>", offices.office, name="office"),
    path("people", people.people, name="people"),
    path("people/new", people.person_new, name="person_new"),
    path("people/<str:number>", people.person, name="person"),
    path("parameters", parameters.parameters, name="parameters"),
    path("parameters/calendar", parameters.working_days, name="working_days"),
    path("parameters/<str:key>", parameters.parameter, name="parameter"),
    path("parameters/<str:key>/answer/<int:version_id>", parameters.answer, name="parameter_answer"),
    path("announcements", announcements.announcements, name="announcements"),
    path("announcements/new", announcements.announcement_new, name="announcement_new"),
    path("announcements/<str:number>/withdraw", announcements.withdraw, name="announcement_withdraw"),
    path("ledger", ledger.ledger, name="ledger"),
    path("jobs", jobs.jobs, name="jobs"),
    path("logs", logs.logs, name="logs"),
    *MONITORING_PAGES,
    path("registers", outside.registers, name="registers"),
    path("systems", connected.connected, name="systems"),
]
NAVIGATION: list[Line] = [
    ("运行概况", "operators:home", "home", ()),
    ("机构", "operators:offices", "building", ()),
    ("人员与岗位", "operators:people", "users", ()),
    ("参数", "operators:parameters", "adjustments-horizontal", ()),
    ("公告", "operators:announcements", "speakerphone", ()),
    ("后台任务", "operators:jobs", "activity", (Role.SYSTEM_ADMINISTRATOR,)),
    ("公开日志", "operators:logs", "list-check", (Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)),
    ("比对运行", "operators:comparison_runs", "scan", (Role.SYSTEM_ADMINISTRATOR,)),
    ("外部登记", "operators:registers", "database", (Role.SYSTEM_ADMINISTRATOR,)),
    ("机构系统接入", "operators:systems", "server", ()),
    ("操作存证", "operators:ledger", "history", (Role.AUDIT_ADMINISTRATOR,)),
]
