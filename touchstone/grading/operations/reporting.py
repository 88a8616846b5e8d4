"""自评: a body goes over what the platform knows of its year, adds what only it knows, with evidence, and hands it in."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.files.operations import attach
from touchstone.filings.queries import filings_in_force
from touchstone.grading import permissions
from touchstone.grading.facts.assessed import prefilled
from touchstone.grading.facts.known import known_of
from touchstone.grading.models import Assessment
from touchstone.grading.operations._case import locked, said
from touchstone.grading.states import MOVES, AssessmentState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import records
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.roles import Role
from touchstone.policy.supervision.assessment import DISTRICT_WITHIN, LAW, SHEET, reported_in_time
from touchstone.tasks.operations import close_tasks, open_task

if TYPE_CHECKING:
    from touchstone.files.models import Attachment

_MEDIA = ("pdf", "jpg", "jpeg", "png", "xlsx", "docx")


@transaction.atomic
def save_report(*, number: str, report: Mapping[str, Mapping[str, Any]], summary: str, by: Actor, at: datetime) -> Assessment:
    """This function will keep what a body has written so far of its year; nothing is handed in."""
    found = locked(number)
    permissions.check_may(by, "report", found)
    MOVES.check("report", AssessmentState(found.state))
    found.report, found.summary, found.saved_at = _kept(report), summary.strip()[:4000], at
    found.save(update_fields=["report", "summary", "saved_at"])
    record("assessment.saved", number, by=by, at=at, detail={"headings": sorted(found.report)})
    return found


@transaction.atomic
def submit_report(*, number: str, report: Mapping[str, Mapping[str, Any]], summary: str, by: Actor, at: datetime) -> Assessment:
    """This function will hand in a body's own report of a year; what the platform knows is taken anew, as of now. Late ones are taken, and told so.

    :raises Refusal: without points for every heading, or words for one that the platform knows nothing of.
    """
    found, day = locked(number), localtime(at).date()
    permissions.check_may(by, "report", found)
    state = MOVES.check("report", AssessmentState(found.state))
    kept = _kept(report)
    for one in SHEET.on(day).value:
        told = kept.get(one.key, {})
        if told.get("points") is None or not 0 <= told["points"] <= one.weight:
            raise Refusal(f"“{one.title}”没有填写0到{one.weight}分的自评分。", LAW, "请逐项填写后再提交。")
        if not one.known and not told.get("words"):
            raise Refusal(f"“{one.title}”平台没有数据，须由本机构写明。", LAW, f"请写明{one.evidence}的情况，并上传佐证。")
    found.report, found.summary = kept, said(summary, "没有写自评综述。")[:4000]
    found.saved_at, found.reported_at, found.reported_by_id = at, at, by.user_id
    found.known = _known_now(found, day) or found.known
    found.findings = records([reported_in_time(found.round.year, day, day)])
    found.move_to(state)
    record("assessment.reported", number, by=by, at=at, reason=found.summary[:500], detail={"report": kept, "findings": found.findings})
    close_tasks(case=number, by=by, at=at, outcome="已提交自评")
    due = calendar().add_working_days(day, in_force(DISTRICT_WITHIN, day).value)
    title, role = f"年度考核初评：{found.body.name}", Role.SUPERVISOR if found.office.district else Role.INTAKE_CLERK
    open_task(case=number, matter="score_first", title=title, office_id=found.office_id, role=role, by=by, at=at, due_on=due)
    return found


def _kept(report: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        key: {"points": told.get("points"), "words": str(told.get("words", "")).strip()[:2000]}
        for key, told in report.items()
        if told.get("points") is not None or str(told.get("words", "")).strip()
    }


def _known_now(found: Assessment, day: date) -> dict[str, Any]:
    filing = filings_in_force(day, found.body).first()
    if filing is None:
        return {}
    year = found.round.year
    (known,) = known_of([filing], date(year, 1, 1), min(date(year + 1, 1, 1), day), day)
    return prefilled(known, day)


@transaction.atomic
def file_proof(*, number: str, heading: str, name: str, content: bytes, by: Actor, at: datetime) -> "Attachment":
    """This function will keep a document under one heading of a body's own report. :raises Refusal: for an unknown heading or kind of file."""
    found = locked(number)
    permissions.check_may(by, "report", found)
    MOVES.check("report", AssessmentState(found.state))
    if heading not in {one.key for one in SHEET.on(localtime(at).date()).value}:
        raise Refusal("没有这一项。", LAW, "请从考核表的各项中上传。")
    if name.rsplit(".", 1)[-1].lower() not in _MEDIA:
        raise Refusal(f"不能接收“{name}”。", LAW, "请上传PDF、图片、XLSX或DOCX。")
    return attach(case=number, label=heading, name=name, content=content, by=by, at=at)
