"""主管终止地址: which address shows which page of what ends to an office?"""

from django.urls import path

from touchstone.web.authority import ending_acts, ending_run, endings

PAGES = [
    path("endings", endings.endings, name="endings"),
    path("endings/refresh", endings.endings_refresh, name="endings_refresh"),
    path("endings/runs", endings.ending_runs, name="ending_runs"),
    path("endings/runs/<str:number>", ending_run.ending_run, name="ending_run"),
    path("endings/requests", endings.end_requests, name="end_requests"),
    path("endings/requests/<str:number>", ending_acts.end_request, name="end_request"),
    path("endings/terminations", endings.terminations, name="terminations"),
    path("endings/terminations/<str:number>", ending_acts.termination, name="termination"),
    path("endings/terminations/<str:number>/print", ending_acts.termination_print, name="termination_print"),
    path("endings/custodies", endings.custodies, name="custodies"),
    path("filings/<str:number>/terminate", ending_acts.filing_terminate, name="filing_terminate"),
    path("plans/<str:number>/replace", ending_acts.plan_replace, name="plan_replace"),
]
