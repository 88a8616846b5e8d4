"""派遣地址: which address shows which page of dispatch?"""

from django.urls import path

from touchstone.web.authority import dispatch

PAGES = [
    path("dispatch", dispatch.dispatch_requests, name="dispatch_requests"),
    path("dispatch/<str:number>", dispatch.dispatch_request, name="dispatch_request"),
    path("dispatch/<str:number>/draws/<int:sequence>", dispatch.dispatch_record, name="dispatch_record_file"),
]
