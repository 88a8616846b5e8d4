"""自愿终止: a body asks to end its filing, takes that back, is answered, and the end takes effect on the day wanted."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings import permissions
from touchstone.filings.models import EndRequest, Filing, Termination
from touchstone.filings.operations._case import NothingToDo, bureau, locked, note, words
from touchstone.filings.operations.terminate import terminate
from touchstone.filings.queries.ending import standing_lines
from touchstone.filings.states import MOVES, State
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.parameters.queries import due
from touchstone.policy.documents import notice
from touchstone.policy.filing.ending import END_DECIDED_WITHIN, EndKind, ended_by_wish, may_ask_end
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task

_END = notice("三(四)3")
_DECIDE = "end_request.decide"


@transaction.atomic
def ask_end(
    *, number: str, lines: Sequence[int], reason: str, wanted_on: date, custodian: str, by: Actor, at: datetime
) -> EndRequest:
    """This function will ask for a filing (or the lines named) to end on a day, saying why and who hands over the records.

    :raises Refusal: while another request waits, for a day gone by or after the term, or for lines that have ended.
    """
    root = locked(number)
    permissions.check_may(by, "ask_end", root)
    MOVES.check("terminate", State(root.state))
    if root.end_requests.filter(outcome__in=["", EndRequest.Outcome.GRANTED]).exists():
        raise Refusal("已有一件终止申请正在办理。", _END, "可以先撤回尚未决定的申请，再重新提出。")
    found = may_ask_end(wanted_on, root.until if not root.renewal_pending else None, at.date())
    if found.outcome != "met":
        raise Refusal(f"{found.reason}。", found.clause, "请重新选择希望终止的日期。")
    standing = {one.pk for one in standing_lines(root, at.date())}
    if set(lines) - standing:
        raise NothingToDo("所选评价范围已经终止，或者不属于本件备案。", _END, "请重新选择要终止的评价范围。")
    made = EndRequest.objects.create(
        number=f"ZQ{at:%Y}{next_serial(f'end-request-{at:%Y}'):05d}",
        filing=root,
        items=[] if set(lines) == standing else sorted(set(lines)),
        reason=words(reason, "申请终止须写明理由。", "例如：生产调整，不再开展该职业的评价。"),
        wanted_on=wanted_on,
        custodian=words(custodian, "请写明评价档案由谁整理、何时移交。", "例如：由技能评价部整理，终止后10个工作日内移交。"),
        asked_at=at,
        asked_by_id=by.user_id,
        due_on=due(END_DECIDED_WITHIN, at),
    )
    detail = {"request": made.number, "wanted_on": wanted_on.isoformat(), "clause": str(_END), "note": made.number}
    note("filing.end_asked", root, by=by, at=at, reason=made.reason, **detail)
    open_task(
        case=made.number,
        matter=_DECIDE,
        title=f"请办理终止申请：{root.body.name}",
        office_id=bureau(root, "decision").pk,
        role=Role.DIRECTOR,
        by=by,
        at=at,
        due_on=made.due_on,
    )
    return made


@transaction.atomic
def take_back_end(*, request: str, reason: str, by: Actor, at: datetime) -> EndRequest:
    """This function will take back a request to end that nobody has decided. :raises Refusal: once it is decided."""
    asked = _open(request, "ask_end", by)
    reason = words(reason, "撤回终止申请须写明原因。", "例如：经研究继续开展评价。")
    _close(asked, EndRequest.Outcome.TAKEN_BACK, reason, by, at)
    note("filing.end_taken_back", asked.filing, by=by, at=at, reason=reason, request=asked.number, note=asked.number)
    return asked


@transaction.atomic
def grant_end(*, request: str, opinion: str, by: Actor, at: datetime) -> EndRequest:
    """This function will grant a request to end; it takes effect on the day wanted, or at once where that day has come.

    A violation case that is open is no obstacle: the request is granted and the case goes on (choice 5).
    """
    asked = _open(request, "decide_end", by)
    _close(asked, EndRequest.Outcome.GRANTED, opinion.strip(), by, at)
    detail = {"request": asked.number, "wanted_on": asked.wanted_on.isoformat(), "clause": str(_END), "note": asked.number}
    note("filing.end_granted", asked.filing, by=by, at=at, reason=asked.opinion, **detail)
    return asked


@transaction.atomic
def return_end(*, request: str, reason: str, by: Actor, at: datetime) -> EndRequest:
    """This function will send a request to end back to be put right: what is asked, or who hands over the records, is not clear."""
    asked = _open(request, "decide_end", by)
    reason = words(reason, "退回终止申请须写明要补充的内容。", "例如：请写明档案移交的责任人。")
    _close(asked, EndRequest.Outcome.RETURNED, reason, by, at)
    note("filing.end_returned", asked.filing, by=by, at=at, reason=reason, request=asked.number, note=asked.number)
    return asked


@transaction.atomic
def end_as_asked(*, request: str, by: Actor, at: datetime) -> Termination | None:
    """This function will end what a granted request asked for, once its day has come; none, where all of it has ended meanwhile.

    :raises NotAllowed: unless by the platform. :raises NothingToDo: when it is not granted, or its day has not come.
    """
    if not by.is_platform:
        raise NotAllowed("已准予的终止由平台在终止日生效。", _END, "请等待终止日。")
    asked = EndRequest.objects.select_for_update(of=("self",)).select_related("filing").filter(number=request).first()
    if asked is None or asked.outcome != EndRequest.Outcome.GRANTED or asked.wanted_on > at.date():
        raise NothingToDo(f"终止申请{request}没有可以生效的内容。", _END, "请核对申请的办理结果和希望终止的日期。")
    root = locked(asked.filing.number)
    wanted = set(asked.items) & {one.pk for one in standing_lines(root, at.date())}
    if State(root.state) is State.TERMINATED or (asked.items and not wanted):
        asked.outcome = EndRequest.Outcome.LAPSED
        asked.save(update_fields=["outcome"])
        note("filing.end_lapsed", root, by=by, at=at, request=asked.number, note=asked.number)
        return None
    ended = terminate(
        number=root.number,
        kind=EndKind.VOLUNTARY,
        ground="asked",
        findings=[ended_by_wish(localtime(asked.asked_at).date(), asked.wanted_on, at.date()).as_record()],
        reason=asked.reason,
        clause=str(_END),
        effective_on=at.date(),
        lines=sorted(wanted),
        asked=asked,
        by=by,
        at=at,
    )
    asked.outcome, asked.termination = EndRequest.Outcome.ENDED, ended
    asked.save(update_fields=["outcome", "termination"])
    return ended


def _open(request: str, act: str, by: Actor) -> EndRequest:
    found = EndRequest.objects.select_for_update(of=("self",)).select_related("filing").filter(number=request).first()
    if found is None:
        raise NothingToDo(f"没有编号为{request}的终止申请。", _END, "请核对编号。")
    root: Filing = locked(found.filing.number)
    permissions.check_may(by, act, root)
    if found.decided_at is not None:
        raise Refusal(f"终止申请{request}已经办结（{found.get_outcome_display()}）。", _END, "已准予的，如需撤销，可在终止后申请撤销终止。")
    found.filing = root
    return found


def _close(asked: EndRequest, outcome: str, opinion: str, by: Actor, at: datetime) -> None:
    asked.outcome, asked.opinion, asked.decided_at, asked.decided_by_id = outcome, opinion, at, by.user_id
    asked.save(update_fields=["outcome", "opinion", "decided_at", "decided_by"])
    close_tasks(case=asked.number, by=by, at=at, outcome=EndRequest.Outcome(outcome).label)
