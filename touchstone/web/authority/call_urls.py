"""主管征集地址: which address shows which page of a project, a call or an application to an office?"""

from django.urls import path

from touchstone.web.authority import call_judging, calls, projects, selections

PAGES = [
    path("calls", calls.calls, name="calls"),
    path("calls/new", calls.call_new, name="call_new"),
    path("calls/projects", projects.projects, name="projects"),
    path("calls/projects/new", projects.project_new, name="project_new"),
    path("calls/projects/<str:number>", projects.project, name="project"),
    path("calls/projects/<str:number>/decide", projects.project_decide, name="project_decide"),
    path("calls/projects/<str:number>/withdraw", projects.project_withdraw, name="project_withdraw"),
    path("calls/projects/<str:number>/retire", projects.project_retire, name="project_retire"),
    path("calls/selections", selections.selections, name="selections"),
    path("calls/selections/<int:key>", selections.selection, name="selection"),
    path("calls/applications/<str:number>", call_judging.call_application, name="call_application"),
    path("calls/applications/<str:number>/check", call_judging.call_application_check, name="call_application_check"),
    path("calls/applications/<str:number>/return", call_judging.call_application_return, name="call_application_return"),
    path("calls/applications/<str:number>/files/<str:file>", call_judging.call_application_file, name="call_application_file"),
    path("calls/<str:number>", calls.call, name="call"),
    path("calls/<str:number>/change", calls.call_change, name="call_change"),
    path("calls/<str:number>/lots/<int:lot>/remove", calls.call_lot_remove, name="call_lot_remove"),
    path("calls/<str:number>/publish", calls.call_publish, name="call_publish"),
    path("calls/<str:number>/cancel", calls.call_cancel, name="call_cancel"),
    path("calls/<str:number>/applications", call_judging.call_applications, name="call_applications"),
    path("calls/<str:number>/ranking", call_judging.call_ranking, name="call_ranking"),
    path("calls/<str:number>/announce", call_judging.call_announce, name="call_announce"),
    path("calls/<str:number>/objection", calls.call_objection, name="call_objection"),
]
