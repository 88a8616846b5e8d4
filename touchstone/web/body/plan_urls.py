"""计划地址: which address shows which page of a plan, its registration and its candidates?"""

from django.urls import path

from touchstone.web.body import (
    apprentice_registration,
    candidate,
    candidates,
    eligibility_summary,
    exception,
    exception_list,
    fees,
    plan,
    plan_new,
    plans,
    registration,
    take_over,
    upload,
)

PLAN_PAGES = [
    path("plans", plans.plans, name="plans"),
    path("plans/new", plan_new.plan_new, name="plan_new"),
    path("plans/dates", plan_new.plan_dates, name="plan_dates"),
    path("plans/exceptions", exception_list.exceptions, name="exceptions"),
    path("plans/<str:number>", plan.plan, name="plan"),
    path("plans/<str:number>/change", plan_new.plan_change, name="plan_change"),
    path("plans/<str:number>/replace", take_over.plan_replace, name="plan_replace"),
    path("plans/<str:number>/take-over", take_over.plan_take_over, name="plan_take_over"),
    path("plans/<str:number>/registration", registration.registration, name="registration"),
    path("plans/<str:number>/registration/template", registration.registration_template, name="registration_template"),
    path("plans/<str:number>/registration/new", registration.candidate_new, name="candidate_new"),
    path("plans/<str:number>/apprentices", apprentice_registration.apprentice_registration, name="apprentice_registration"),
    path("plans/<str:number>/fees", fees.fees, name="fees"),
    path("plans/<str:number>/candidates", candidates.candidates, name="candidates"),
    path("plans/<str:number>/eligibility.pdf", eligibility_summary.eligibility_summary, name="eligibility_summary"),
    path("plans/uploads/<str:number>", upload.upload, name="upload"),
    path("plans/uploads/<str:number>/progress", upload.upload_progress, name="upload_progress"),
    path("plans/uploads/<str:number>/<str:which>.xlsx", upload.upload_file, name="upload_file"),
    path("plans/candidates/<str:number>", candidate.candidate, name="candidate"),
    path("plans/candidates/<str:number>/exception", exception.exception, name="exception"),
    path("plans/candidates/<str:number>/evidence/<str:attachment>", candidate.evidence_file, name="evidence_file"),
]
