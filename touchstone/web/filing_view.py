"""备案展示: how does a filing look on a page, whoever looks at it: its tone, its steps, its files, who owes what?"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, Http404, HttpResponseBase
from django.urls import reverse

from touchstone.accounts.actor import Actor
from touchstone.files import queries as files
from touchstone.filings import permissions, queries
from touchstone.filings.operations.visit import photo_label
from touchstone.filings.states import State
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.districts import district_name
from touchstone.policy.filing.purposes import Purpose
from touchstone.policy.filing.routes import CONSENTS, GATES
from touchstone.policy.filing.safeguards import SHOWN_BY, looked_at_by
from touchstone.policy.filing.sheet_items import Item
from touchstone.policy.filing.site_visit import Seen
from touchstone.policy.roles import OfficeKind
from touchstone.tasks.queries import open_on
from touchstone.web.levels import level_label
from touchstone.web.navigation import audience_of

if TYPE_CHECKING:
    from touchstone.filings.models import Filing, SiteVisit

TONES = {
    State.DRAFTED: "neutral",
    State.CONSENT_SOUGHT: "info",
    State.CONSENTED: "info",
    State.UNDER_REVIEW: "info",
    State.RETURNED: "warn",
    State.ANNOUNCED: "info",
    State.ACCEPTED: "ok",
    State.SUSPENDED: "warn",
    State.TERMINATED: "neutral",
    State.REFUSED: "danger",
    State.WITHDRAWN: "neutral",
}
STATES = {state.value: (state.label, tone) for state, tone in TONES.items()}


def header(filing: "Filing") -> dict[str, Any]:
    """This function will give what stands at the head of every page of a filing."""
    return {
        "filing": filing,
        "tone": TONES[State(filing.state)],
        "body_district": district_name(filing.body.district),
        "route_title": route_title(filing),
    }


def life(filing: "Filing", actor: Actor, day: date) -> dict[str, Any]:
    """This function will give a case's place in the life of a filing: the filing it changes, what it changes, and what else was changed."""
    root = queries.root_of(filing)
    page = f"{audience_of(actor)}:filing"
    family = [
        {
            "number": one.number,
            "url": reverse(page, args=[one.number]),
            "label": one.purpose_label if one.root_id else "原备案",
            "state": one.state_label,
            "tone": TONES[State(one.state)],
            "on": one.in_force_from or one.begun_at,
            "here": one.pk == filing.pk,
        }
        for one in queries.family(root)
        if actor.office_kind is OfficeKind.ASSESSMENT_BODY or one.rules_day or one.root_id is None
    ]
    return {
        "root": root,
        "family": family if len(family) > 1 else [],
        "difference": queries.difference(filing, day),
        "suspensions": list(queries.open_suspensions(root)),
        "leader": queries.filed_leader(root) if root.in_force_from else "",
        "key_staff": queries.filed_staff(root, day) if root.in_force_from else [],
        "flags": list(queries.open_flags(root)),
        "renamed": list(dict.fromkeys(one.what for one in queries.renamed_lines(root))),
        "renaming_letters": [
            {"name": one.name, "url": reverse(f"{page}_file", args=[root.number, one.number])} for one in files.of_case(root.number, "职业更名告知书")
        ],
        "letters": [
            {"name": one.name, "url": reverse(f"{page}_file", args=[root.number, one.number])} for one in files.of_case(root.number, "目录调整告知书")
        ],
        "today": day,
        "offers": _offers(filing, actor, day),
    }


def _offers(filing: "Filing", actor: Actor, day: date) -> list[dict[str, str]]:
    """What a body may begin on its filing in force, each with the sentence why not."""
    if filing.root_id or actor.office_kind is not OfficeKind.ASSESSMENT_BODY or filing.state not in {State.ACCEPTED, State.SUSPENDED}:
        return []
    offered = []
    for purpose, label, view in ((Purpose.AMEND, "申请变更", "body:filing_amend"), (Purpose.RENEW, "申请续期", "body:filing_renew")):
        why_not = permissions.why_not(actor, "write", filing) or queries.why_not_begin(filing, purpose, day)
        offered.append({"label": label, "url": reverse(view, args=[filing.number]), "why_not": why_not})
    return offered


def route_title(filing: "Filing") -> str:
    """This function will name the route a filing takes; a filing loaded as it stood has none of ours."""
    try:
        return queries.route_of(filing, filing.rules_day or filing.begun_at.date()).title
    except KeyError:
        return "原有备案"


def steps(filing: "Filing", day: date) -> list[dict[str, str]]:
    """This function will give the route's steps, with where the filing now stands."""
    try:
        route = list(queries.route_of(filing, day))
    except KeyError:
        return []
    here = _place(filing, [step.key for step in route])
    listed = []
    for place, step in enumerate(route):
        state = "done" if place < here else "current" if place == here else "waiting"
        if step.key in GATES and here >= 0:
            state = "done"
        elif step.key in CONSENTS and filing.state == State.CONSENT_SOUGHT:
            state = "current"
        elif filing.state == State.REFUSED and place == here:
            state = "refused"
        within = f"{step.within.on(day).value}个工作日" if step.within is not None and step.within.values[0].since <= day else ""
        listed.append({"label": step.title, "state": state, "note": within})
    return listed


def _place(filing: "Filing", keys: list[str]) -> int:
    """Where on the route a filing stands: -1 before anybody was asked, the number of its steps when all is done."""
    reviewed = next(place for place, key in enumerate(keys) if key not in CONSENTS | GATES)
    match State(filing.state):
        case State.DRAFTED | State.WITHDRAWN:
            asked = [place for place, key in enumerate(keys) if key in CONSENTS]
            return -1 if not filing.rules_day else asked[0] if asked else -1
        case State.CONSENT_SOUGHT:
            return next(place for place, key in enumerate(keys) if key in CONSENTS)
        case State.CONSENTED | State.RETURNED:
            return reviewed
        case State.REFUSED:
            return keys.index("decision")
        case State.ACCEPTED | State.SUSPENDED | State.TERMINATED:
            return len(keys) if _signed(filing) else len(keys) - 1
        case _:
            return keys.index(filing.step) if filing.step in keys else reviewed


def _signed(filing: "Filing") -> bool:
    report = getattr(filing, "report", None)
    return report is not None and report.signed_at is not None


def waiting(filing: "Filing", day: date) -> list[dict[str, Any]]:
    """This function will give who owes the next step and how many working days are left."""
    days, report = calendar(), getattr(filing, "report", None)
    tasks = [*open_on(filing.number), *(open_on(report.number) if report else ())]
    return [
        {
            "title": task.title.split("：")[0],
            "office": task.office.name,
            "on": task.due_on,
            "left": days.working_days_between(day, task.due_on) if task.due_on else None,
            "provisional": bool(task.due_on and days.is_provisional(task.due_on)),
        }
        for task in tasks
    ]


def consents_shown(filing: "Filing", day: date) -> list[dict[str, Any]]:
    """This function will give the consents a filing needs, group by group: who is asked, why, how it stands, by when."""
    try:
        groups = queries.consents_wanted(filing, day)
    except KeyError:
        return []
    tones = {"given": "ok", "refused": "danger", "open": "info", "outgrown": "warn", "not_asked": "neutral"}
    return [
        {
            "title": group.needed.title,
            "clause": group.needed.clause.short,
            "how": "任选其一" if group.needed.asked_of == "one_of" and len(group.offices) > 1 else "须全部同意" if len(group.offices) > 1 else "",
            "met": group.finding.outcome == "met",
            "offices": [
                {
                    "name": one.consent.office.name if one.consent else "、".join(o.name for o in one.offices) or one.wanted.label,
                    "state": one.state_label,
                    "tone": tones[one.state],
                    "consent": one.consent,
                    "late": bool(one.state == "open" and one.consent and one.consent.due_on < day),
                }
                for one in group.offices
            ],
        }
        for group in groups
    ]


def file_items(filing: "Filing", actor: Actor, labels: Iterable[str] | None = None, *, removable: bool = False) -> dict[str, list[dict[str, Any]]]:
    """This function will give a filing's files by label, as the attachment list shows them."""
    found: dict[str, list[dict[str, Any]]] = {label: [] for label in labels or ()}
    audience = audience_of(actor)
    for file in files.of_case(filing.number).select_related("uploaded_by__person"):
        if labels is not None and file.label not in found:
            continue
        item = {
            "name": file.name,
            "url": reverse(f"{audience}:filing_file", args=[filing.number, file.number]),
            "size": file.size,
            "at": file.uploaded_at,
            "who": file.uploaded_by.display_name if file.uploaded_by else "",
            "remove_url": reverse("body:filing_detach", args=[filing.number, file.number]) if removable else "",
        }
        found.setdefault(file.label, []).append(item)
    return found


def send_file(filing: "Filing", number: str) -> HttpResponseBase:
    """This function will send one of a filing's files. :raises Http404: when it is not among them."""
    return send_case_file(filing.number, number)


def send_case_file(case: str, number: str) -> HttpResponseBase:
    """This function will send one of a case's files; whoever calls it has seen to who may. :raises Http404: when it is not among them."""
    file = files.of_case(case).filter(number=number).first()
    if file is None:
        raise Http404
    inline = file.media in {"application/pdf", "image/jpeg", "image/png"}
    answer = FileResponse(iter([files.content(file)]), content_type=file.media, as_attachment=not inline, filename=file.name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; object-src 'self'; sandbox"
    return answer


def visit_seen(visit: "SiteVisit", uploaded: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """This function will give a visit as pages show it: subject by subject against what was filed, with the photos of each."""
    checks = [
        {
            "label": subject.label,
            "seen": look.seen.label,
            "tone": "ok" if look.seen is Seen.AS_FILED else "danger",
            "words": look.words,
            "photos": uploaded.get(photo_label(visit, subject), []),
        }
        for subject, look in queries.looks_of(visit).items()
    ]
    return {"visit": visit, "checks": checks, "photos": uploaded.get(photo_label(visit), [])}


def scope_lines(scope: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """This function will write a frozen scope as the tables show it."""
    return [
        line | {"level_label": level_label(int(line["level"])), "district_name": district_name(line["district"])} for line in scope
    ]


def asked_for(filing: "Filing") -> list[dict[str, str]]:
    """This function will give the scope as last handed in, or as it was shown to the office asked for consent."""
    submission = queries.latest_submission(filing)
    if submission is not None:
        return scope_lines(submission.content["scope"])
    consent = queries.consents(filing).last()
    return scope_lines(consent.scope) if consent else []


def sheet_sections(
    items: Iterable[tuple[str, tuple[Item, ...]]],
    own: dict[str, Any],
    uploaded: dict[str, list[dict[str, Any]]],
    visits: Iterable["SiteVisit"] = (),
    day: date | None = None,
) -> list[dict[str, Any]]:
    """This function will give a score sheet by section: each item with the applicant's own score, note and files; and, for whoever assesses
    on a day, with the files that show what the item looks at and what was seen of it on the spot."""
    shown_by = in_force(SHOWN_BY, day).value if day else {}
    seen = [(visit, queries.looks_of(visit)) for visit in visits]
    return [
        {
            "title": title,
            "weight": sum(item.weight for item in group),
            "items": [
                {
                    "item": item,
                    "own": own.get(item.key, {}).get("score", ""),
                    "own_note": own.get(item.key, {}).get("note", ""),
                    "files": uploaded.get(f"自评：{item.key}", []),
                    "proofs": [(shown_by[one], uploaded.get(shown_by[one], [])) for one in looked_at_by(item.key) if one in shown_by],
                    "seen": [
                        {"venue": visit.venue.name, "subject": one.label, "look": looks[one], "photos": uploaded.get(photo_label(visit, one), [])}
                        for visit, looks in seen
                        for one in looked_at_by(item.key)
                        if one in looks
                    ],
                }
                for item in group
            ],
        }
        for title, group in items
    ]
