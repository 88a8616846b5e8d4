"""备案件: everything about one filing, and what this person can do with it now."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from touchstone.accounts.actor import Actor
from touchstone.filings import operations, permissions, queries
from touchstone.filings.facts import sheet_of
from touchstone.filings.states import State
from touchstone.notices.queries import objections_of, of_case
from touchstone.policy.roles import Role
from touchstone.tasks.queries import open_on
from touchstone.web import filing_view
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.filing_print import filing_pdf

if TYPE_CHECKING:
    from touchstone.filings.models import Filing


def actions(filing: "Filing", actor: Actor) -> list[dict[str, Any]]:
    """This function will give what can be done with a filing as it stands, each with the sentence why this actor may not."""
    number, state, step = filing.number, State(filing.state), filing.step
    offered: list[tuple[str, str, str, str]] = []
    if state is State.CONSENT_SOUGHT:
        offered.append(("answer_consent", "答复是否同意", "authority:filing_consent", "primary"))
    if state is State.UNDER_REVIEW and step == "technical_assessment":
        assessment = queries.latest_assessment(filing)
        if assessment is None:
            offered.append(("appoint", "指派技术评估员", "authority:filing_appoint", "primary"))
        else:
            offered += [
                ("assess", "评分", "authority:filing_assessment", "primary"),
                ("assess", "现场踏勘", "authority:filing_visit", ""),
                ("conclude", "汇总技术评估", "authority:filing_conclude", "primary"),
            ]
    if state is State.UNDER_REVIEW and step == "first_opinion":
        offered.append(("first_opinion", "提出初审意见", "authority:filing_first_opinion", "primary"))
    if state is State.UNDER_REVIEW and step == "expert_re_review":
        if queries.latest_panel(filing) is None:
            offered.append(("appoint_panel", "选定复核专家", "authority:filing_panel", "primary"))
        else:
            offered += [
                ("review", "专家复核", "authority:filing_review", "primary"),
                ("conclude_panel", "汇总专家复核", "authority:filing_panel_conclude", "primary"),
                ("appoint_panel", "更换复核专家", "authority:filing_panel", ""),
            ]
    if state is State.UNDER_REVIEW:
        if step == "decision":
            offered.append(("decide", "作出备案决定", "authority:filing_decision", "primary"))
        offered += [
            ("return", "退回补正", "authority:filing_return", ""),
            ("return", "退回到前面的环节", "authority:filing_return_to_step", ""),
            ("ask_opinion", "加签", "authority:filing_ask", ""),
        ]
    if state not in {State.DRAFTED, State.WITHDRAWN} and permissions.can(actor, "copy", filing):
        offered.append(("copy", "抄送", "authority:filing_copy", ""))
    if state is State.ANNOUNCED and objections_of(number).filter(answered_at__isnull=True).exists():
        offered.append(("answer_objection", "答复异议", "authority:filing_objection", "primary"))
    if filing.root_id is None and state in {State.ACCEPTED, State.SUSPENDED} and permissions.can(actor, "suspend", filing):
        offered.append(("suspend", "暂停评价", "authority:filing_suspend", ""))
        if queries.open_suspensions(filing).exists():
            offered.append(("suspend", "恢复评价", "authority:filing_restore", "primary"))
    return [
        {"label": label, "url": reverse(view, args=[number]), "tone": tone, "why_not": permissions.why_not(actor, act, filing)}
        for act, label, view, tone in offered
    ]


def _asked_of(filing: "Filing", actor: Actor) -> list[dict[str, Any]]:
    """The opinions beside the route that are asked of this actor."""
    asked = filing.added_opinions.filter(office_id=actor.office_id, answered_at__isnull=True, called_back_at__isnull=True)
    mine = [one for one in asked if actor.has(Role(one.role))]
    return [{"label": "答复加签", "url": reverse("authority:filing_answer", args=[filing.number, one.pk]), "tone": "primary"} for one in mine]


def case_context(filing: "Filing", request: Request) -> dict[str, Any]:
    """This function will give what every page of a filing shows of it to an office."""
    submission = queries.latest_submission(filing)
    panel = queries.latest_panel(filing)
    return filing_view.header(filing) | filing_view.life(filing, request.actor, request.today) | {
        "submission": submission,
        "scope": filing_view.asked_for(filing),
        "consents": list(queries.consents(filing)),
        "groups": filing_view.consents_shown(filing, request.today),
        "waiting": filing_view.waiting(filing, request.today),
        "first_opinion": queries.latest_first_opinion(filing),
        "panel": panel,
        "seats": queries.opinions_shown_to(panel, request.actor) if panel else [],
        "added": list(filing.added_opinions.select_related("office").order_by("id")),
    }


@authority_door
def filing(request: Request, number: str) -> HttpResponseBase:
    """This page will show the whole case, and on its right what the actor can do, or why not."""
    found = queries.filing(number, request.actor)
    assessment = queries.latest_assessment(found)
    offered = actions(found, request.actor)
    uploads = filing_view.file_items(found, request.actor)
    own = [one for one in offered if not one["why_not"]] + _asked_of(found, request.actor)
    context = case_context(found, request) | {
        "steps": filing_view.steps(found, request.today),
        "actions": own,
        "closed": [] if own else offered,
        "uploads": uploads,
        "assessments": [
            {"assessment": one, "visits": [filing_view.visit_seen(visit, uploads) for visit in sorted(one.visits.all(), key=lambda v: v.pk)]}
            for one in queries.assessments(found)
        ],
        "sheets": queries.sheets_shown_to(assessment, request.actor) if assessment else [],
        "decisions": list(queries.decisions(found)),
        "supplements": list(found.supplements.order_by("-id")),
        "notices": list(of_case(number)),
        "objections": list(objections_of(number)),
        "timeline": queries.timeline(found),
        "report": getattr(found, "report", None),
        "sheet": sheet_of(found, request.today),
        "to_note": open_on(number).filter(matter="filing.venue_told", office_id=request.actor.office_id).exists(),
        "may_ask": permissions.can(request.actor, "ask_opinion", found) and found.state == State.UNDER_REVIEW,
        "can_urge": found.state in {State.CONSENT_SOUGHT, State.UNDER_REVIEW, State.RETURNED},
        "note_why_not": permissions.why_not(request.actor, "take_note", found),
    }
    left_out = (set() if found.submitted_at else _SUBMITTED) | (set() if context["groups"] or context["consents"] else {"consents"})
    context["nav"] = [line for line in _NAV if line["id"] not in left_out]
    return render(request, "authority/filing.html", context)


_SUBMITTED = {"venues", "written", "findings", "assessment"}
_NAV = [
    {"id": "progress", "label": "办理进度"},
    {"id": "identity", "label": "机构信息"},
    {"id": "scope", "label": "申报范围"},
    {"id": "venues", "label": "考核点与人员"},
    {"id": "written", "label": "制度与题库"},
    {"id": "files", "label": "所附材料"},
    {"id": "findings", "label": "条件核对"},
    {"id": "assessment", "label": "技术评估"},
    {"id": "consents", "label": "征求同意"},
    {"id": "decision", "label": "决定与公示"},
    {"id": "history", "label": "流转记录"},
]


@require_POST
@authority_door
def filing_note(request: Request, number: str) -> HttpResponseBase:
    """This page will note that the actor's office knows of a venue on its ground."""
    queries.filing(number, request.actor)
    with told(request):
        operations.take_note(number=number, by=request.actor, at=request.now)
        messages.success(request, "已知悉，该考核点由本单位纳入督导。")
    return redirect("authority:filing", number)


@authority_door
def filing_file(request: Request, number: str, file: str) -> HttpResponseBase:
    """This page will send one of the filing's files."""
    return filing_view.send_file(queries.filing(number, request.actor), file)


@authority_door
def filing_print(request: Request, number: str) -> HttpResponseBase:
    """This page will send the application form as a PDF."""
    return filing_pdf(queries.filing(number, request.actor), request.today)
