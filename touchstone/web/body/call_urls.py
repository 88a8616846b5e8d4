"""机构征集地址: which address shows which page of a call and of the body's own applications?"""

from django.urls import path

from touchstone.web.body import call_application, calls

PAGES = [
    path("calls", calls.calls, name="calls"),
    path("calls/applications", calls.call_applications, name="call_applications"),
    path("calls/applications/<str:number>", call_application.call_application, name="call_application"),
    path("calls/applications/<str:number>/save", call_application.call_application_autosave, name="call_application_autosave"),
    path("calls/applications/<str:number>/attach", call_application.call_application_attach, name="call_application_attach"),
    path("calls/applications/<str:number>/files/<str:file>", call_application.call_application_file, name="call_application_file"),
    path("calls/applications/<str:number>/files/<str:file>/remove", call_application.call_application_detach, name="call_application_detach"),
    path("calls/applications/<str:number>/withdraw", call_application.call_application_withdraw, name="call_application_withdraw"),
    path("calls/<str:number>", calls.call, name="call"),
    path("calls/<str:number>/lots/<int:lot>/apply", calls.call_apply, name="call_apply"),
]
