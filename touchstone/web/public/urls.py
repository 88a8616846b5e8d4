"""公众地址: which address shows which page?

`NAVIGATION` is (label, view name, icon, roles that see it; none = all).
"""

from django.urls import path

from touchstone.web.navigation_types import Line
from touchstone.web.public import announcements, licences, policy_book

app_name = "public"
urlpatterns = [
    path("announcements", announcements.announcements, name="announcements"),
    path("announcements/<str:number>", announcements.announcement, name="announcement"),
    path("law", policy_book.policy_book, name="policy_book"),
    path("licences", licences.licences, name="licences"),
]
NAVIGATION: list[Line] = [
    ("公告", "public:announcements", "speakerphone", ()),
    ("规则", "public:policy_book", "book", ()),
]
