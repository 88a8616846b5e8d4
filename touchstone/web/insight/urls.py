"""领导首页地址: which address shows which page to those who direct an office of the city or of a district?"""

from django.urls import path

from touchstone.policy.roles import OfficeKind, Role
from touchstone.web.insight import desk, drift, month
from touchstone.web.navigation_types import Seer

LEADERS: tuple[frozenset[Seer], ...] = tuple(
    frozenset({Role.DIRECTOR, kind}) for kind in (OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU)
)
PAGES = [
    path("leader", desk.leader, name="leader"),
    path("leader/months", month.months, name="months"),
    path("leader/months/<str:number>", month.month, name="month"),
    path("leader/months/<str:number>/progress", month.month_progress, name="month_progress"),
    path("leader/months/<str:number>/paper.pdf", month.month_paper, name="month_paper"),
    path("leader/drift", drift.drift, name="drift"),
    path("leader/drift/explanations/<str:number>", drift.drift_explanation, name="drift_explanation"),
    path("leader/drift/<str:question>/<str:district>", drift.drift_district, name="drift_district"),
]
