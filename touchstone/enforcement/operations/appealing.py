"""申诉: the body appeals to the office above, which upholds the decision or reverses it; what was done is undone, and everybody can see so."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.operations import lift
from touchstone.enforcement import permissions
from touchstone.enforcement.facts.origins import origin_of
from touchstone.enforcement.models import Case
from touchstone.enforcement.operations._case import ask_officers, locked, note, today, words
from touchstone.enforcement.operations.effects import undo
from touchstone.enforcement.operations.letters import issue
from touchstone.enforcement.states import APPEAL_MOVES, LAW, MOVES, STANDS, AppealState, LetterKind, State
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must, records
from touchstone.ledger.operations import record
from touchstone.logs.lines import PublicLine
from touchstone.parameters.queries import calendar
from touchstone.policy.roles import Role
from touchstone.policy.supervision.clocks import Clock, body_appeal_in_time, clock_is_kept, last_day
from touchstone.tasks.operations import close_tasks, open_task

ANSWER = "case_appeal"


@transaction.atomic
def appeal_case(*, number: str, appeal: str, by: Actor, at: datetime) -> Case:
    """This function will take the body's appeal; the decision goes on standing meanwhile. :raises NotAllowed: unless by its leader.

    :raises Refusal: too late, without words, twice, or before the decision was served.
    """
    case, day = locked(number), today(at)
    permissions.check_speaks_for_body(by, case)
    if case.state not in STANDS or case.served_on is None or case.appeal_to is None:
        raise Refusal(f"案件现为“{case.get_state_display()}”，没有可以申诉的决定。", LAW, "决定送达以后可以申诉。")
    state = APPEAL_MOVES.check("appeal", AppealState(case.appeal_state))
    found = body_appeal_in_time(case.served_on, day, calendar())
    must(found, "请依法申请行政复议或者提起诉讼。")
    case.appeal = words(appeal, "没有写明申诉的理由。", "请写清对事实、依据或处理的哪一点有异议。")
    case.appealed_at, case.appeal_state = at, state
    case.save()
    note("case.appealed", case, by=by, at=at, reason=case.appeal, to=case.appeal_to.number, findings=records([found]))
    due_on = last_day(Clock.ANSWER, day, calendar())
    title = f"请答复机构申诉：{case.party_name}（案件{number}）"[:200]
    open_task(case=number, matter=ANSWER, title=title, office_id=case.appeal_to.pk, role=Role.DIRECTOR, by=by, at=at, due_on=due_on)
    return case


@transaction.atomic
def answer_appeal(*, number: str, upheld: bool, answer: str, by: Actor, at: datetime) -> Case:
    """This function will answer an appeal: the decision stands, or it is reversed: its effects are undone, what the body was kept away from ends, the
    publication is taken back visibly, and the body is never judged for the same facts again.

    :raises NotAllowed: unless by the director of the office above, who had no part in it. :raises Refusal: without words.
    """
    case, day = locked(number), today(at)
    permissions.check_may_answer_appeal(by, case)
    appeal_state = APPEAL_MOVES.check("uphold" if upheld else "overturn", AppealState(case.appeal_state))
    case.appeal_answer = words(answer, "没有写明审查情况和答复意见。", "答复告知机构和承办单位。")
    case.answered_at, case.answered_by_id, case.appeal_state = at, by.user_id, appeal_state
    assert case.appealed_at is not None and case.appeal_to is not None
    in_time = clock_is_kept(Clock.ANSWER, today(case.appealed_at), day, False, day, calendar())
    undone = [] if upheld else _reverse(case, by=by, at=at)
    case.save()
    close_tasks(case=number, matter=ANSWER if upheld else "", by=by, at=at, outcome="维持决定" if upheld else "决定已撤销")
    told = [f"申诉理由：{case.appeal}", f"审查意见：{case.appeal_answer}", f"答复：{'维持' if upheld else '撤销'}案件{number}的处理决定。"]
    told += [] if upheld else ["处理决定的效力自始消除，已执行的予以恢复，公开的予以撤回。"]
    issue(case, LetterKind.ANSWER, told, office=case.appeal_to.name, by=by, at=at)
    detail = {"findings": records([in_time]), "undone": undone}
    public = () if upheld or case.published_at is None else PublicLine("decision.sanction_reversed", {"case": number, "sha256": case.sha256})
    event = "case.appeal_upheld" if upheld else "case.reversed"
    record(event, number, by=by, at=at, reason=case.appeal_answer, detail=detail, public=public)
    if not upheld:
        ask_officers(case, "处理决定经申诉撤销，请归档", matter="case_archive", by=by, at=at, due_on=last_day(Clock.ARCHIVE, day, calendar()))
        if case.from_kind:
            origin_of(case.from_kind).ended(case.from_number, False, case.appeal_answer, by, at)
    return case


def _reverse(case: Case, *, by: Actor, at: datetime) -> list[dict[str, str]]:
    state = MOVES.check("reverse", State(case.state))
    undone = undo(case, case.appeal_answer, at=at)
    lift(case=case.number, reason=f"案件{case.number}经申诉撤销", by=by, at=at)
    if case.published_at is not None:
        case.withdrawn_at = at
    case.closed_at, case.cleared_on = case.closed_at or at, today(at)
    case.state = state
    return undone
