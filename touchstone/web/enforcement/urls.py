"""机构案件地址: which address shows which page, for the offices, the body, and the public?"""

from django.urls import path

from touchstone.web.enforcement import archives, case, listing, new, own, papers, public

_PAPERS = [
    path("cases/<str:number>/letters/<str:letter>.pdf", papers.case_letter, name="case_letter"),
    path("cases/<str:number>/files/<str:attachment>", papers.case_file, name="case_file"),
]
AUTHORITY_PAGES = [
    path("cases", listing.cases, name="cases"),
    path("cases/new", new.case_new, name="case_new"),
    path("cases/archives", archives.case_archives, name="case_archives"),
    path("cases/archives/<str:number>", archives.case_archive, name="case_archive"),
    path("cases/archives/<str:number>/files/<int:place>", archives.case_archive_file, name="case_archive_file"),
    path("cases/<str:number>", case.case, name="case"),
    path("cases/<str:number>/charge", new.case_charge, name="case_charge"),
    *_PAPERS,
]
BODY_PAGES = [
    path("cases", listing.cases, name="cases"),
    path("cases/<str:number>", own.case, name="case"),
    *_PAPERS,
]
PUBLIC_PAGES = [
    path("sanctions", public.sanctions, name="sanctions"),
    path("sanctions/<str:number>", public.sanction, name="sanction"),
]
