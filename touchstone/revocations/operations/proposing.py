"""处理意见: the clerk proposes, for each certificate, to revoke, to correct or to keep it, and sends the whole up to the leader."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.certificates.revocation import LAW, Cause, Verdict, holder_was_heard, verdict_fits_cause
from touchstone.policy.documents import our_default
from touchstone.policy.roles import Role
from touchstone.revocations import permissions
from touchstone.revocations.models import Revocation, RevocationRow
from touchstone.revocations.operations.changes import checked_changes
from touchstone.revocations.operations.notifying import KNOW, PROPOSE
from touchstone.revocations.operations.rows import chosen, locked
from touchstone.revocations.states import MOVES, RowState, State
from touchstone.tasks.operations import close_tasks, open_task

DECIDE = "revocation_decide"


@dataclass(frozen=True)
class Outcome:
    """What became of one certificate in something done in bulk: done, or the sentence why not."""

    number: str
    certificate: str
    sentence: str = ""

    @property
    def done(self) -> bool:
        return not self.sentence


@transaction.atomic
def propose_rows(
    *,
    number: str,
    rows: Collection[str],
    verdict: Verdict,
    reason: str,
    changes: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
) -> list[Outcome]:
    """This function will put down what is to become of some certificates of a case (all without a proposal, when none is named) and tell the outcome
    of each. `changes` are what a correction puts in place, by the Chinese name of the field; a correction is of one certificate.

    :raises Refusal: without a reason, or when the case is not being heard.
    """
    case = locked(number)
    permissions.check_may_propose(by, case)
    if case.state != State.NOTIFIED:
        raise Refusal(f"案件现为“{case.get_state_display()}”，不能提出处理意见。", LAW, "告知持证人以后、报送决定以前可以提出或修改处理意见。")
    if not reason.strip():
        raise Refusal("请写明处理意见的理由。", LAW, "理由写入决定书。")
    found = [row for row in chosen(case, rows, RowState.EXAMINED) if rows or not row.proposal]
    if not found:
        raise Refusal("没有选择证书，或者都已有处理意见。", LAW, "请勾选要提出处理意见的证书。")
    if verdict is Verdict.CORRECT and len(found) != 1:
        raise Refusal("更正要逐本填写正确的内容。", LAW, "请只勾选一本证书。")
    outcomes = [_proposed(row, case, verdict, reason.strip(), changes or {}, by, at) for row in found]
    detail = {"verdict": verdict.value, "done": sum(one.done for one in outcomes), "refused": sum(not one.done for one in outcomes)}
    record("revocation.proposed", number, by=by, at=at, reason=reason.strip(), detail=detail)
    return outcomes


def _proposed(
    row: RevocationRow, case: Revocation, verdict: Verdict, reason: str, changes: Mapping[str, str], by: Actor, at: datetime
) -> Outcome:
    day = localtime(at).date()
    try:
        if row.state != RowState.EXAMINED:
            raise Refusal(f"现为“{row.get_state_display()}”，不能提出处理意见。", LAW, "请刷新后再看。")
        must(verdict_fits_cause(Cause(case.cause), verdict, bool(changes), day), "请改选处理意见。")
        found: dict[str, Any] = checked_changes(row.certificate, changes, by=by, at=at) if verdict is Verdict.CORRECT else {}
    except Refusal as refusal:
        return Outcome(row.number, row.certificate_number, str(refusal))
    row.proposal, row.proposal_reason, row.proposed_by_id, row.changes = verdict, reason, by.user_id, found
    row.save(update_fields=["proposal", "proposal_reason", "proposed_by", "changes"])
    return Outcome(row.number, row.certificate_number)


@transaction.atomic
def send_up(*, number: str, by: Actor, at: datetime) -> Revocation:
    """This function will put the proposals before the leader of the office, who decides.

    :raises Refusal: while one certificate has no proposal, or a holder has not been heard.
    """
    case = locked(number)
    permissions.check_may(by, "send_up", case)
    state = MOVES.check("send_up", State(case.state))
    rows = chosen(case, (), RowState.EXAMINED)
    if lacking := [row.certificate_number for row in rows if not row.proposal]:
        raise Refusal(f"还有{len(lacking)}本证书没有处理意见（{lacking[0]}等）。", LAW, "请逐本或者成批提出处理意见后再报送。")
    day, days = localtime(at).date(), calendar()
    assert case.notified_at is not None
    told_on = localtime(case.notified_at).date()
    for row in rows:
        must(holder_was_heard(told_on, bool(row.statement), day, days), f"证书{row.certificate_number}：请等持证人陈述或者陈述期届满。")
    case.sent_up_by_id, case.sent_up_at = by.user_id, at
    case.move_to(state)
    counts = {one.value: sum(row.proposal == one for row in rows) for one in Verdict}
    detail = {**counts, "clause": str(our_default("证书撤销两人办理"))}
    record("revocation.sent_up", number, by=by, at=at, detail=detail)
    for matter in (PROPOSE, KNOW):
        close_tasks(case=number, matter=matter, by=by, at=at, outcome="处理意见已报送")
    title = f"决定证书撤销：{case.body_words}，{case.row_count}本"[:200]
    open_task(case=number, matter=DECIDE, title=title, office_id=case.office_id, role=Role.DIRECTOR, by=by, at=at)
    return case
