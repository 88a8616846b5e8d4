"""问题的改正: inspectors ask the body to correct at once or suggest a case; the body reports, two people check it off, and nothing is forgotten."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.files.operations import attach
from touchstone.inspections import permissions
from touchstone.inspections.models import Task, VisitFinding
from touchstone.inspections.queries.visiting import CORRECTION
from touchstone.inspections.states import FINDING_MOVES, FindingState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must, records, written
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.inspections import LAW, VisitOutcome
from touchstone.policy.roles import Role
from touchstone.policy.supervision.acts import LADDER
from touchstone.policy.supervision.ladder import Measure
from touchstone.policy.supervision.terms import correction_is_accepted, due, time_given_is_in_bounds
from touchstone.tasks.operations import close_tasks, open_task

NOT_CORRECTED = "not_corrected_at_once"
"""The act of the catalogue that is suggested where nothing was corrected in time."""
_MOST_FILES = 10


@transaction.atomic
def correct_at_once(*, problem: int, asked: str, due_on: date | None = None, by: Actor, at: datetime) -> VisitFinding:
    """This function will ask the body to correct one finding at once (立行立改), by a day: the latest the law gives, where none is named.

    :raises NotAllowed: :raises Refusal: without words, or for a day out of bounds.
    """
    found = _locked(problem)
    permissions.check_may_treat(by, "correct_at_once", found)
    state = FINDING_MOVES.check("correct_at_once", FindingState(found.state))
    _words(asked, "请写明改正要求。", "写清改什么、改到什么程度、需要交什么材料。")
    _give(found, state, asked, due_on, by=by, at=at)
    detail = _told(found) | {"due_on": found.due_on.isoformat() if found.due_on else "", "findings": found.findings}
    record("inspection.correction_asked", found.visit.number, by=by, at=at, reason=found.asked, detail=detail)
    _treated(found, by=by, at=at)
    return found


def _give(found: VisitFinding, state: FindingState, asked: str, due_on: date | None, *, by: Actor, at: datetime) -> None:
    day = localtime(at).date()
    last = due_on or due(Measure.AT_ONCE, day, day, calendar())
    assert last is not None
    bounds = time_given_is_in_bounds(Measure.AT_ONCE, day, last, day, calendar())
    must(bounds, "请改选期限之内的日期。")
    found.asked, found.due_on, found.findings = asked.strip()[:2000], last, records([bounds])
    found.decided_at, found.decided_by_id, found.reminded_on, found.overdue_on = at, by.user_id, None, None
    found.move_to(state)
    title = f"立行立改：{found.question}"[:200]
    open_task(
        case=found.visit.number, matter=_matter(found), title=title, office_id=found.visit.body.office_id, role=Role.BODY_PLANNER, by=by, at=at,
        due_on=last,
    )  # fmt: skip


def _matter(found: VisitFinding) -> str:
    return f"correct_finding_{found.pk}"


def _examining(found: VisitFinding) -> str:
    return f"examine_finding_{found.pk}"


def _treated(found: VisitFinding, *, by: Actor, at: datetime) -> None:
    """The task to say what becomes of the findings ends with the last of them."""
    if not VisitFinding.objects.filter(visit=found.visit_id, state=FindingState.FOUND).exists():
        close_tasks(case=found.visit.number, matter="treat_findings", by=by, at=at, outcome="已确定处理方式")


@transaction.atomic
def suggest_case(*, problem: int, words: str, by: Actor, at: datetime) -> VisitFinding:
    """This function will suggest that one finding be taken up as a case: it is then open for those who open cases. :raises Refusal: without words."""
    found = _locked(problem)
    permissions.check_may_treat(by, "suggest_case", found)
    state = FINDING_MOVES.check("suggest_case", FindingState(found.state))
    found.opinion = _words(words, "请写明建议立案的理由。", "写清可能构成哪种情形、证据在哪里。")
    found.decided_at, found.decided_by_id = at, by.user_id
    found.move_to(state)
    record("inspection.case_suggested", found.visit.number, by=by, at=at, reason=found.opinion, detail=_told(found) | {"acts": found.acts})
    for matter in (_matter(found), _examining(found)):
        close_tasks(case=found.visit.number, matter=matter, by=by, at=at, outcome="移交立案建议")
    _treated(found, by=by, at=at)
    return found


@transaction.atomic
def take_up(*, problem: int, case: str, by: Actor, at: datetime) -> VisitFinding:
    """This function will note that a case was opened about one finding, by its number. :raises NotAllowed: for another office's."""
    found = _locked(problem)
    permissions.check_may_treat(by, "take_up", found)
    state = FINDING_MOVES.check("take_up", FindingState(found.state))
    found.case_number, found.closed_at = case, at
    found.move_to(state)
    record("inspection.taken_up", found.visit.number, by=by, at=at, detail=_told(found) | {"case": case})
    return found


@transaction.atomic
def report_correction(*, problem: int, words: str, attachments: Sequence[tuple[str, bytes]], by: Actor, at: datetime) -> VisitFinding:
    """This function will take the body's report of a correction, with files (name and bytes); a late one is taken too, and is late.

    :raises NotAllowed: :raises Refusal: without words, with too many files, or a file that cannot be taken.
    """
    found = _locked(problem)
    permissions.check_may_treat(by, "report", found)
    state = FINDING_MOVES.check("report", FindingState(found.state))
    _words(words, "请写明改正情况。", "写清做了什么、什么时候完成。")
    if len(attachments) > _MOST_FILES:
        raise Refusal(f"一次最多{_MOST_FILES}个附件。", LAW, "请合并后再上传。")
    found.report, found.reported_at, found.reported_by_id = words.strip()[:4000], at, by.user_id
    found.move_to(state)
    for name, content in attachments:
        attach(case=found.visit.number, label=f"{CORRECTION}·{found.pk}", name=name, content=content, by=by, at=at)
    detail = _told(found) | {"files": len(attachments)}
    record("inspection.correction_reported", found.visit.number, by=by, at=at, reason=found.report, detail=detail)
    close_tasks(case=found.visit.number, matter=_matter(found), by=by, at=at, outcome="已报告改正情况")
    close_tasks(case=found.visit.number, matter=_examining(found), by=by, at=at, outcome="机构已报告")
    _ask(found, "复查改正情况", by=by, at=at)
    return found


def _ask(found: VisitFinding, what: str, *, by: Actor, at: datetime) -> None:
    """Put a step about one finding before the supervisors of the office that inspected."""
    title, office = f"{what}：{found.visit.body.name}，{found.question}"[:200], found.visit.office_id
    open_task(case=found.visit.number, matter=_examining(found), title=title, office_id=office, role=Role.SUPERVISOR, by=by, at=at)


@transaction.atomic
def examine_correction(*, problem: int, opinion: str, by: Actor, at: datetime) -> VisitFinding:
    """This function will have the first of two find a correction good. :raises Refusal: without words."""
    found = _locked(problem)
    permissions.check_may_treat(by, "examine", found)
    state = FINDING_MOVES.check("examine", FindingState(found.state))
    found.opinion = _words(opinion, "请写明复查意见。", "写清怎样核对、看到什么。")
    found.examined_at, found.examined_by_id = at, by.user_id
    found.move_to(state)
    record("inspection.correction_examined", found.visit.number, by=by, at=at, reason=found.opinion, detail=_told(found))
    return found


@transaction.atomic
def check_off(*, problem: int, by: Actor, at: datetime) -> VisitFinding:
    """This function will have the second of two find a correction good, and check it off; one that came late is checked off as late. With the last of
    a drawn visit's findings its public result says that all is corrected.

    :raises NotAllowed: :raises Refusal: by the one who examined it first.
    """
    found = _locked(problem)
    permissions.check_may_treat(by, "check_off", found)
    state = FINDING_MOVES.check("check_off", FindingState(found.state))
    if found.examined_by_id == by.user_id:
        raise Refusal("销号由另一名督导员复查后作出。", LADDER, "请等待另一名督导员复查。")
    assert found.due_on is not None and found.reported_at is not None
    day, reported = localtime(at).date(), localtime(found.reported_at).date()
    found.findings = [*found.findings, correction_is_accepted(found.due_on, reported, 2, True, day).as_record()]
    found.closed_at, found.closed_by_id = at, by.user_id
    found.move_to(state)
    record("inspection.checked_off", found.visit.number, by=by, at=at, detail=_told(found) | {"findings": found.findings[-1:]})
    close_tasks(case=found.visit.number, matter=_examining(found), by=by, at=at, outcome="已改正销号")
    if found.visit.task_id and not VisitFinding.objects.filter(visit=found.visit_id).exclude(state=FindingState.CORRECTED).exists():
        Task.objects.filter(pk=found.visit.task_id).update(outcome=VisitOutcome.CORRECTED)
    return found


@transaction.atomic
def reject_correction(*, problem: int, opinion: str, due_on: date | None = None, by: Actor, at: datetime) -> VisitFinding:
    """This function will give a correction back that is not good, with a new day. :raises NotAllowed: :raises Refusal: without words."""
    found = _locked(problem)
    permissions.check_may_treat(by, "reject", found)
    state = FINDING_MOVES.check("reject", FindingState(found.state))
    found.opinion = _words(opinion, "请写明没有改正好的地方。", "写清还差什么。")
    found.examined_at, found.examined_by_id = None, None
    close_tasks(case=found.visit.number, matter=_examining(found), by=by, at=at, outcome="退回重新改正")
    _give(found, state, found.asked, due_on, by=by, at=at)
    detail = _told(found) | {"due_on": found.due_on.isoformat() if found.due_on else ""}
    record("inspection.correction_rejected", found.visit.number, by=by, at=at, reason=found.opinion, detail=detail)
    return found


@transaction.atomic
def remind_of_correction(*, problem: int, by: Actor, at: datetime) -> bool:
    """This function will remind a body of what it must correct, once before the day, and say whether it did.

    :raises NotAllowed: unless by the platform.
    """
    found = _locked(problem)
    _check_platform(by)
    if found.state != FindingState.CORRECTING or found.reminded_on is not None or found.due_on is None:
        return False
    found.reminded_on = localtime(at).date()
    found.save(update_fields=["reminded_on"])
    said = f"“{found.question}”应在{found.due_on}前改正并报告。"
    record("inspection.correction_due", found.visit.number, by=by, at=at, reason=said, detail=_told(found))
    return True


@transaction.atomic
def note_overdue(*, problem: int, by: Actor, at: datetime) -> bool:
    """This function will note, once, that something was not corrected by its day, and put before the inspectors that this is an act of its own.

    :raises NotAllowed: unless by the platform.
    """
    found, day = _locked(problem), localtime(at).date()
    _check_platform(by)
    if found.state != FindingState.CORRECTING or found.overdue_on is not None or found.due_on is None or found.due_on >= day:
        return False
    late = correction_is_accepted(found.due_on, None, 0, False, day)
    found.overdue_on, found.acts = day, list(dict.fromkeys([NOT_CORRECTED, *found.acts]))
    found.findings = [*found.findings, late.as_record()]
    found.save(update_fields=["overdue_on", "acts", "findings"])
    record("inspection.correction_overdue", found.visit.number, by=by, at=at, reason=f"{late.reason}。", detail=_told(found) | {"acts": found.acts})
    _ask(found, "逾期未改正，请决定是否移交立案", by=by, at=at)
    return True


def _check_platform(by: Actor) -> None:
    if not by.is_platform:
        raise NotAllowed("改正期限由平台自动提醒。", LAW, "需要催办的，请在待办中催办。")


def _words(text: str, missing: str, example: str) -> str:
    return written(text, missing, LADDER, example)[:2000]


def _told(found: VisitFinding) -> dict[str, object]:
    return {"problem": found.pk, "check": found.check_key, "body": found.visit.body.number, "note": found.question}


def _locked(key: int) -> VisitFinding:
    rows = VisitFinding.objects.select_for_update(of=("self",)).select_related("visit__office", "visit__body")
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotAllowed("没有这个问题。", LAW, "请从检查中打开。")
    return found
