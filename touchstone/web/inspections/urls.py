"""双随机地址: which address shows which page, for the offices that draw and for the city?"""

from django.urls import path, re_path

from touchstone.web.inspections import assisting, chance, draws, plans, visits

PAGES = [
    path("inspections", plans.inspection_plans, name="inspection_plans"),
    path("inspections/plans/new", plans.inspection_plan_new, name="inspection_plan_new"),
    path("inspections/plans/<str:number>", plans.inspection_plan, name="inspection_plan"),
    path("inspections/draws", draws.inspection_draws, name="inspection_draws"),
    path("inspections/draws/<str:number>", draws.inspection_draw, name="inspection_draw"),
    path("inspections/draws/<str:number>/record.json", draws.inspection_record_file, name="inspection_record_file"),
    path("inspections/draws/<str:number>/announce", chance.inspection_announce, name="inspection_announce"),
    re_path(r"^inspections/draws/(?P<number>[A-Z0-9]+)/(?P<act>enter|attest)$", chance.inspection_chance, name="inspection_chance"),
    path("inspections/visits", visits.inspection_visits, name="inspection_visits"),
    path("inspections/visits/<str:number>", visits.inspection_visit, name="inspection_visit"),
    path("inspections/known", assisting.known_visits, name="known_visits"),
    path("inspections/known/<str:number>", assisting.known_visit, name="known_visit"),
    path("inspections/assistance/<str:number>", assisting.assistance, name="assistance"),
    path("inspections/recusals", visits.inspection_recusals, name="inspection_recusals"),
]
