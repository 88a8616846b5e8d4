"""主管地址: which address shows which page?

`NAVIGATION` is (label, view name, icon, roles that see it; none = all).
"""

from django.urls import path

from touchstone.web.authority import inbox, plan, plans
from touchstone.web.navigation_types import Line

app_name = "authority"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("done", inbox.done, name="done"),
    path("take/<int:task_id>", inbox.take, name="take"),
    path("plans", plans.plans, name="plans"),
    path("plans/<str:number>", plan.plan, name="plan"),
]
NAVIGATION: list[Line] = [
    ("待办", "authority:inbox", "inbox", ()),
    ("认定计划", "authority:plans", "layout-kanban", ()),
]
