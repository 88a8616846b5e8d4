"""协办地址: which address shows which page to another authority that helps with a case?

`NAVIGATION` is (label, view name, icon, roles that see it; none = all).
"""

from django.urls import path

from touchstone.web.enforcement import helping
from touchstone.web.navigation_types import Line

app_name = "adviser"
urlpatterns = [
    path("", helping.home, name="home"),
    path("cases/<str:number>", helping.case, name="case"),
]
NAVIGATION: list[Line] = [("协办案件", "adviser:home", "gavel", ())]
