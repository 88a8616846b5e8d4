"""违纪违规地址: which address shows which page, under each door that has to do with a case?"""

from django.urls import path

from touchstone.web.violations import case, listing, new, papers

PAGES = [
    path("violations", listing.violations, name="violations"),
    path("violations/<str:number>", case.violation, name="violation"),
    path("violations/<str:number>/files/<str:attachment>", papers.violation_file, name="violation_file"),
    path("violations/<str:number>/papers/<str:paper>.pdf", papers.violation_paper, name="violation_paper"),
]
BODY_PAGES = [path("violations/new", new.violation_new, name="violation_new"), *PAGES]
