"""考生地址: which address shows which page?

`NAVIGATION` is (label, view name, icon, roles or kinds of office that see it; none = all).
"""

from django.urls import path

from touchstone.web.candidate import home, registration, registrations
from touchstone.web.navigation_types import Line

app_name = "candidate"
urlpatterns = [
    path("", home.home, name="home"),
    path("registrations", registrations.registrations, name="registrations"),
    path("registrations/<str:number>", registration.registration, name="registration"),
]
NAVIGATION: list[Line] = [
    ("首页", "candidate:home", "home", ()),
    ("我的报名", "candidate:registrations", "clipboard-check", ()),
]
