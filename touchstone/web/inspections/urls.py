"""检查地址: which address shows which page, for the offices that draw and inspect, and for the bodies that are inspected?"""

from django.urls import path, re_path

from touchstone.web.inspections import assisting, chance, checks, draws, plans, record, sheet, signing, visits

PAGES = [
    path("inspections", plans.inspection_plans, name="inspection_plans"),
    path("inspections/plans/new", plans.inspection_plan_new, name="inspection_plan_new"),
    path("inspections/plans/<str:number>", plans.inspection_plan, name="inspection_plan"),
    path("inspections/draws", draws.inspection_draws, name="inspection_draws"),
    path("inspections/draws/<str:number>", draws.inspection_draw, name="inspection_draw"),
    path("inspections/draws/<str:number>/record.json", draws.inspection_record_file, name="inspection_record_file"),
    path("inspections/draws/<str:number>/announce", chance.inspection_announce, name="inspection_announce"),
    re_path(r"^inspections/draws/(?P<number>[A-Z0-9]+)/(?P<act>enter|attest)$", chance.inspection_chance, name="inspection_chance"),
    path("inspections/checks", checks.inspections, name="inspections"),
    path("inspections/checks/new", checks.inspection_check_new, name="inspection_check_new"),
    path("inspections/visits", visits.inspection_visits, name="inspection_visits"),
    path("inspections/visits/<str:number>", visits.inspection_visit, name="inspection_visit"),
    path("inspections/visits/<str:number>/sheet", sheet.inspection_answers, name="inspection_answers"),
    path("inspections/visits/<str:number>/sheet/sent", sheet.inspection_answer_part, name="inspection_answer_part"),
    path("inspections/visits/<str:number>/sheet/photo", sheet.inspection_photo_part, name="inspection_photo_part"),
    path("inspections/visits/<str:number>/sign", signing.inspection_sign, name="inspection_sign"),
    path("inspections/visits/<str:number>/files/<str:attachment>", record.inspection_file, name="inspection_file"),
    path("inspections/known", assisting.known_visits, name="known_visits"),
    path("inspections/known/<str:number>", assisting.known_visit, name="known_visit"),
    path("inspections/assistance/<str:number>", assisting.assistance, name="assistance"),
    path("inspections/recusals", visits.inspection_recusals, name="inspection_recusals"),
]
BODY_PAGES = [
    path("inspections", checks.inspections, name="inspections"),
    path("inspections/<str:number>", checks.inspection_of_body, name="inspection_visit"),
    path("inspections/<str:number>/files/<str:attachment>", record.inspection_file, name="inspection_file"),
]
