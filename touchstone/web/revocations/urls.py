"""撤销地址: which address shows which page, under each door that has to do with certificates that are doubted or put right?"""

from django.urls import path, re_path

from touchstone.web.revocations import asking, case, listing, matters, new, papers, requests, row, support

_ROW = [
    path("revocations/certificates/<str:number>", row.revocation_row, name="revocation_row"),
    path("revocations/certificates/<str:number>/papers/<str:paper>.pdf", papers.revocation_paper, name="revocation_paper"),
]
_REQUEST = [
    path("certificate-requests/<str:number>", requests.certificate_request, name="certificate_request"),
    path("certificate-requests/<str:number>/files/<str:attachment>", requests.certificate_request_file, name="certificate_request_file"),
]
OFFICE_PAGES = [
    path("revocations", listing.revocations, name="revocations"),
    path("revocations/new", new.revocation_new, name="revocation_new"),
    *_ROW,
    path("revocations/<str:number>", case.revocation, name="revocation"),
    path("revocations/<str:number>/letters/<str:paper>.pdf", papers.revocation_letter, name="revocation_letter"),
    path("certificate-requests", requests.certificate_requests, name="certificate_requests"),
    *_REQUEST,
]
AUTHORITY_PAGES = [
    *OFFICE_PAGES,
    path("support", support.support, name="support"),
    path("support/import", support.support_import, name="support_import"),
    path("support/template", support.support_template_file, name="support_template"),
    path("support/runs/<str:number>", support.support_run, name="support_run"),
    path("support/runs/<str:number>/progress", support.support_progress, name="support_progress"),
    path("support/runs/<str:number>/returned", support.support_returned, name="support_returned"),
]
OWN_PAGES = [
    path("certificate-matters", matters.certificate_matters, name="certificate_matters"),
    re_path(
        r"^certificates/(?P<number>[A-Z0-9]+)/(?P<kind>correction|reissue)$", asking.certificate_request_new, name="certificate_request_new"
    ),
    *_ROW,
    *_REQUEST,
]
