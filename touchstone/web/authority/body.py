"""评价机构: who is this body, where and with whom does it evaluate, what is it filed for, and what does it plan?"""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from touchstone.bodies import permissions, queries
from touchstone.bodies.queries.grades import grade_of
from touchstone.exams.queries.plans import plans
from touchstone.exams.states import PlanState
from touchstone.filings.queries import filings, filings_in_force, scope_in_force
from touchstone.filings.queries.supervised import watched_body
from touchstone.filings.states import State
from touchstone.inspections.permissions import records as records_permissions
from touchstone.kernel.numbers import mask_phone
from touchstone.policy.districts import district_name
from touchstone.policy.roles import BodyKind, OfficeKind
from touchstone.web.authority.body_populations import populations_of
from touchstone.web.authority.registers import registers_of
from touchstone.web.doors import Request, authority_door
from touchstone.web.filing_view import TONES
from touchstone.web.grading.words import GRADES
from touchstone.web.levels import level_label
from touchstone.web.places import industry_label
from touchstone.web.plan_view import STATES
from touchstone.web.supervision_view import card_of

LATEST = 10
INSPECTING = {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU}
NAV = [
    {"id": "identity", "label": "登记信息"},
    {"id": "supervisors", "label": "监管单位"},
    {"id": "venues", "label": "考核点"},
    {"id": "staff", "label": "人员"},
    {"id": "populations", "label": "评价对象"},
    {"id": "filings", "label": "备案"},
    {"id": "scope", "label": "有效备案范围"},
    {"id": "plans", "label": "认定计划"},
]


@authority_door
def body(request: Request, number: str) -> HttpResponseBase:
    """This page will show a body to those on whose ground it stands. :raises Http404: for an unknown number."""
    try:
        found = queries.body(number, request.actor)
    except ObjectDoesNotExist:
        raise Http404 from None
    venues = list(queries.venues_of(found))
    counts = queries.staff_counts(found, request.today)
    of_body = plans(request.actor).filter(body=found).order_by("-exam_on", "-id")
    in_force = filings_in_force(request.today, found).first()
    whole = permissions.may_read_contact(request.actor)
    context = {
        "body": found,
        "nav": NAV,
        "crumbs": [{"label": "评价机构", "url": reverse("authority:bodies")}, {"label": found.name}],
        "in_force": in_force,
        "supervisors": card_of(watched_body(found, in_force, venues, request.today), request.today),
        "former": queries.former_facts(found),
        "model": queries.model_on(found, request.today),
        "may_call_records": records_permissions.can_call(request.actor),
        "grade": GRADES[grade_of(found, request.today).value],
        "social": found.kind == BodyKind.SOCIAL,
        "district": district_name(found.district),
        "industry": industry_label(found.industry),
        "phone": found.contact_phone if whole else mask_phone(found.contact_phone),
        "phone_hidden": bool(found.contact_phone) and not whole,
        "venues": [(one, district_name(one.district), one.until is None or one.until > request.today) for one in venues],
        "districts": "、".join(district_name(code) for code in queries.districts_of(found, request.today)) or "无",
        "staff": [(label, counts[duty]) for duty, label in queries.DUTIES],
        "populations": populations_of(found, request.today),
        "registers": registers_of(found),
        "why_not_registers": permissions.why_not_read_registers(request.actor, found),
        "filings": [(one, State(one.state).label, TONES[State(one.state)]) for one in filings(request.actor).filter(body=found)[:LATEST]],
        "scope": [(line, level_label(line.level)) for line in scope_in_force(request.today, found)],
        "plans": [(one, *STATES[PlanState(one.state)], level_label(one.level)) for one in of_body[:LATEST]],
        "checks_url": f"{reverse('authority:inspections')}?body={found.name}" if request.actor.office_kind in INSPECTING else "",
        "plans_url": f"{reverse('authority:plans')}?body={found.name}",
    }
    return render(request, "authority/body.html", context)
