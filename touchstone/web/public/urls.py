"""公众地址: which address shows which page?

`NAVIGATION` is (label, view name, icon, roles that see it; none = all).
"""

from django.urls import path

from touchstone.web.navigation_types import Line
from touchstone.web.public import announcements, certificate, home, licences, notice, notices, objection, policy_book, verify

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("verify", verify.verify, name="verify"),
    path("v/<str:number>", certificate.certificate, name="certificate"),
    path("notices", notices.notices, name="notices"),
    path("notices/<str:number>", notice.notice, name="notice"),
    path("objections/<str:number>", objection.objection, name="objection"),
    path("announcements", announcements.announcements, name="announcements"),
    path("announcements/<str:number>", announcements.announcement, name="announcement"),
    path("law", policy_book.policy_book, name="policy_book"),
    path("licences", licences.licences, name="licences"),
]
NAVIGATION: list[Line] = [
    ("查证书", "public:verify", "shield-check", ()),
    ("公示", "public:notices", "speakerphone", ()),
    ("公告", "public:announcements", "speakerphone", ()),
    ("规则", "public:policy_book", "book", ()),
]
