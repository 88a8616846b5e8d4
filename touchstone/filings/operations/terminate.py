"""终止备案: how does a filing, or some of its lines, end?"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings import permissions
from touchstone.filings.models import EndingRun, EndRequest, Filing, ScopeItem, Termination
from touchstone.filings.operations._case import NothingToDo, locked, note_publicly, words
from touchstone.filings.operations._ending import ask_for_records, let_requests_lapse
from touchstone.filings.operations._public import line_of_end
from touchstone.filings.operations.flag import settle_flags
from touchstone.filings.queries.ending import standing_lines
from touchstone.filings.queries.routing import root_of
from touchstone.filings.states import MOVES, State
from touchstone.kernel.law import Refusal
from touchstone.ledger.numbering import next_serial
from touchstone.policy.documents import notice
from touchstone.policy.filing.ending import EndKind

_END = notice("三(四)3")


@transaction.atomic
def terminate(
    *,
    number: str,
    kind: EndKind,
    ground: str,
    findings: Sequence[dict[str, str]],
    reason: str,
    clause: str,
    effective_on: date,
    by: Actor,
    at: datetime,
    lines: Sequence[int] = (),
    asked: EndRequest | None = None,
    run: EndingRun | None = None,
    case: str = "",
) -> Termination:
    """This function will end a filing from `effective_on` (or, where `lines` are named, those lines; with the last, the filing).

    `case` names the decided case an ordered end rests on, which the platform then carries out. No day before that of `at` changes, except that
    an expired filing ends on the day it expired.

    :raises NotAllowed: unless by the director of the office that filed it; 自动终止 is the platform's, 自愿终止 too once the request was granted.
    :raises Refusal: when it has ended already, nothing of it is named, or the day lies in the past.
    """
    root = root_of(locked(number))
    root = root if root.number == number else locked(root.number)
    _check_may(root, kind, by, asked, case)
    MOVES.check("terminate", State(root.state))
    reason = words(reason, "终止备案须写明理由。", "请写明认定的事实和理由。")
    ending, whole = _chosen(root, lines, effective_on)
    _check_day(root, effective_on, at)
    ended = Termination.objects.create(
        number=f"ZZ{at:%Y}{next_serial(f'termination-{at:%Y}'):05d}",
        filing=root,
        kind=kind,
        ground=ground,
        whole=whole,
        lines=[{"item": one.pk, "until": one.until.isoformat() if one.until else None} for one in ending],
        before={"state": str(root.state), "until": root.until.isoformat() if root.until else None, "pending": root.renewal_pending},
        reason=reason,
        clause=clause,
        findings=list(findings),
        asked_at=asked.asked_at if asked else None,
        effective_on=effective_on,
        decided_at=at,
        decided_by_id=by.user_id,
        run=run,
    )
    for one in ending:
        one.until = effective_on
        one.save(update_fields=["until"])
    settle_flags(root, [one.pk for one in ending], case=ended.number, by=by, at=at)
    if whole:
        root.until, root.renewal_pending = effective_on, False
        root.move_to(State.TERMINATED)
    event = "filing.terminated" if whole else "filing.lines_ended"
    note_publicly(
        line_of_end(root, event, str(kind), ended.number),
        event,
        root,
        by=by,
        at=at,
        reason=reason,
        termination=ended.number,
        note=f"{kind.label}，{ended.number}",
        kind=kind.label,
        clause=clause,
        findings=list(findings),
        effective_on=effective_on.isoformat(),
        lines=[f"{one}{one.level_label}" for one in ending],
    )
    if whole:
        let_requests_lapse(root, but=asked, by=by, at=at)
        ask_for_records(ended, by=by, at=at)
    return ended


def _check_may(root: Filing, kind: EndKind, by: Actor, asked: EndRequest | None, case: str) -> None:
    if kind is EndKind.VOLUNTARY and (asked is None or asked.filing_id != root.pk or asked.outcome != EndRequest.Outcome.GRANTED):
        raise NotAllowed("自愿终止须由机构申请并经准予。", _END, "请由机构提出终止申请；机构没有申请的，请按责令终止办理。")
    if kind is EndKind.ORDERED:
        permissions.check_may(by, "terminate", root, case=case)
    elif not by.is_platform:
        raise NotAllowed("自动终止由平台按已列明的情形办理。", _END, "需要终止的，请按责令终止或自愿终止办理。")


def _chosen(root: Filing, lines: Sequence[int], day: date) -> tuple[list[ScopeItem], bool]:
    standing = standing_lines(root, day)
    wanted = [one for one in standing if not lines or one.pk in set(lines)]
    if lines and {one.pk for one in wanted} != set(lines):
        raise NothingToDo(f"备案{root.number}没有所选的评价范围，或者该范围已经终止。", _END, "请重新选择要终止的评价范围。")
    return wanted, len(wanted) == len(standing)


def _check_day(root: Filing, day: date, at: datetime) -> None:
    """What was in force yesterday stays so: a day that has gone by is only that of an expiry."""
    if day < at.date() and (day != root.until or root.renewal_pending):
        raise Refusal(f"终止日{day}早于今天，不能追溯终止。", _END, "请选择今天或以后的日子。")
    if day > at.date():
        raise Refusal(f"终止日{day}尚未到，终止决定自当日起生效。", _END, "请在终止日当天办理。")
