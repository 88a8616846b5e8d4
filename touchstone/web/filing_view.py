"""备案展示: how does a filing look on a page, whoever looks at it: its tone, its steps, its files, who owes what?"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, Http404, HttpResponseBase
from django.urls import reverse

from touchstone.accounts.actor import Actor
from touchstone.files import queries as files
from touchstone.filings import queries
from touchstone.filings.states import State
from touchstone.parameters.queries import calendar
from touchstone.policy.districts import district_name
from touchstone.policy.filing.routes import DISTRICT_ENTERPRISE
from touchstone.policy.filing.sheet_items import Item
from touchstone.tasks.queries import open_on
from touchstone.web.levels import level_label
from touchstone.web.navigation import audience_of

if TYPE_CHECKING:
    from touchstone.filings.models import Filing

TONES = {
    State.DRAFTED: "neutral",
    State.CONSENT_SOUGHT: "info",
    State.CONSENTED: "info",
    State.UNDER_REVIEW: "info",
    State.RETURNED: "warn",
    State.ANNOUNCED: "info",
    State.ACCEPTED: "ok",
    State.REFUSED: "danger",
    State.WITHDRAWN: "neutral",
}
STATES = {state.value: (state.label, tone) for state, tone in TONES.items()}


def header(filing: "Filing") -> dict[str, Any]:
    """This function will give what stands at the head of every page of a filing."""
    return {"filing": filing, "tone": TONES[State(filing.state)], "body_district": district_name(filing.body.district)}


def steps(filing: "Filing", day: date) -> list[dict[str, str]]:
    """This function will give the route's steps, with where the filing now stands."""
    route = DISTRICT_ENTERPRISE.on(filing.rules_day or max(day, DISTRICT_ENTERPRISE.values[0].since)).value
    keys = [step.key for step in route]
    if filing.state in {State.DRAFTED, State.WITHDRAWN}:
        here = -1 if not filing.rules_day else 0
    elif filing.state == State.RETURNED:
        here = keys.index("technical_assessment")
    elif filing.state == State.REFUSED:
        here = keys.index("decision")
    else:
        here = keys.index(filing.step) if filing.step in keys else 0
    if filing.state == State.ACCEPTED:
        here = len(keys) if _signed(filing) else keys.index("sign_for_report")
    listed = []
    for place, step in enumerate(route):
        state = "done" if place < here else "current" if place == here else "waiting"
        if filing.state == State.REFUSED and place == here:
            state = "refused"
        if filing.state in {State.CONSENTED} and step.key == "consent":
            state = "done"
        within = f"{step.within.on(day).value}个工作日" if step.within is not None and step.within.values[0].since <= day else ""
        listed.append({"label": step.title, "state": state, "note": within})
    return listed


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
    file = files.of_case(filing.number).filter(number=number).first()
    if file is None:
        raise Http404
    inline = file.media in {"application/pdf", "image/jpeg", "image/png"}
    answer = FileResponse(iter([files.content(file)]), content_type=file.media, as_attachment=not inline, filename=file.name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; object-src 'self'; sandbox"
    return answer


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
    items: Iterable[tuple[str, tuple[Item, ...]]], own: dict[str, Any], uploaded: dict[str, list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """This function will give a score sheet by section: each item with the applicant's own score, note and files."""
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
                }
                for item in group
            ],
        }
        for title, group in items
    ]
