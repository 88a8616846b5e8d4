"""比对与预警地址: which address shows which page, under each door that has to do with a comparison?"""

from django.urls import path

from touchstone.web.monitoring import case, listing, rules, runs

_CASES = [
    path("alerts", listing.alerts, name="alerts"),
    path("alerts/<str:number>", case.alert, name="alert"),
    path("alerts/<str:number>/files/<str:attachment>", case.alert_file, name="alert_file"),
]
_RUNS = [
    path("comparison/runs", runs.comparison_runs, name="comparison_runs"),
    path("comparison/runs/<str:number>", runs.comparison_run, name="comparison_run"),
    path("comparison/runs/<str:number>/progress", runs.comparison_progress, name="comparison_progress"),
]
AUTHORITY_PAGES = [
    path("alerts/batch", listing.alerts_batch, name="alerts_batch"),
    *_CASES,
    *_RUNS,
    path("comparison", rules.comparison_rules, name="comparison_rules"),
    path("comparison/rules/<str:key>", rules.comparison_rule, name="comparison_rule"),
    path("comparison/rules/<str:key>/switch/<int:version_id>", rules.comparison_switch, name="comparison_switch"),
]
BODY_PAGES = _CASES
OPERATOR_PAGES = _RUNS
