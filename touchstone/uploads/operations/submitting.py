"""提交审核: a checked batch goes before the office that reviews it; the rows somebody looks at by hand are drawn."""

from datetime import datetime
from secrets import token_bytes

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.bodies.operations import check_left_alone
from touchstone.bodies.queries.grades import grade_of
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar, in_force
from touchstone.policy.certificates.receiving import REVIEW_WITHIN, to_look_at
from touchstone.policy.roles import Role
from touchstone.policy.supervision.records import Frozen
from touchstone.tasks.operations import close_tasks, open_task
from touchstone.trust.draw_records import draw_record
from touchstone.trust.draws import Entry as RosterEntry
from touchstone.uploads import permissions
from touchstone.uploads.models import Batch
from touchstone.uploads.operations._case import locked, words
from touchstone.uploads.operations._graded import at_once
from touchstone.uploads.operations.accepting import accept_at_once
from touchstone.uploads.states import MOVES, REVIEW, UNDECIDED, WITH_BODY, BatchState, EntryState

SOURCE = "平台保密数"


@transaction.atomic
def submit(*, number: str, by: Actor, at: datetime, secret: bytes = b"") -> Batch:
    """This function will put a checked (or returned and corrected) batch before its office; `secret` (else random) seeds the draw of rows.

    :raises Refusal: when no row passed, or a row that was objected to is neither corrected nor taken back.
    """
    batch = locked(number)
    permissions.check_may(by, "submit", batch)
    MOVES.check("submit", BatchState(batch.state))
    objected = batch.entries.filter(state=EntryState.OBJECTED).count()
    if objected:
        raise Refusal(f"还有{objected}行审核有误没有处理。", REVIEW, "请逐行更正，或撤下该行，再提交。")
    put_before_office(batch, by=by, at=at, secret=secret)
    return batch


def put_before_office(batch: Batch, *, by: Actor, at: datetime, secret: bytes = b"") -> None:
    """This function will move a batch before its office within the caller's transaction; where the body's grade allows, it is taken in at once and
    looked at afterwards. :raises Refusal: when no row passed."""
    day = localtime(at).date()
    rows = list(batch.entries.filter(state=EntryState.PASSED).order_by("row_number").values_list("row_number", flat=True))
    if not rows:
        raise Refusal("没有通过核对的行，不能提交审核。", REVIEW, "请按各行的说明改好后重新上传，或逐行更正。")
    state = MOVES.check("submit", BatchState(batch.state))
    turn = len(batch.draw.get("turns", [])) + 1
    grade, after = grade_of(batch.body, day), at_once(batch, day)
    count = to_look_at(len(rows), grade.value, day)
    roster = [RosterEntry(str(row), "row") for row in rows]
    drawn = draw_record(f"{batch.number}-{turn}", "row", roster, count, source=SOURCE, secret=secret or token_bytes(32))
    drawn["chosen"] = drawn["order"][:count]
    batch.draw = {"turns": [*batch.draw.get("turns", []), drawn], "grade": grade.value, "after": after}
    batch.entries.filter(drawn=True).update(drawn=False)
    batch.entries.filter(row_number__in=[int(row) for row in drawn["chosen"]]).update(drawn=True)
    batch.submitted_at, batch.reason = at, ""
    batch.due_on = calendar().add_working_days(day, in_force(REVIEW_WITHIN, day).value)
    batch.move_to(state)
    close_tasks(case=batch.number, by=by, at=at, outcome="已提交审核")
    open_task(
        case=batch.number,
        matter="review_certificate_data",
        title=f"{'抽查已接收的证书数据' if after else '审核证书数据'}：{batch.body.name}，{len(rows)}行",
        office_id=batch.office_id,
        role=Role.INTAKE_CLERK,
        by=by,
        at=at,
        due_on=batch.due_on,
    )
    detail = {"rows": len(rows), "drawn": count, "draw": drawn["draw"], "root": drawn["root"], "seed": drawn["seed"], "turn": turn}
    detail |= {"grade": grade.value, "looked_at_afterwards": after}
    record("certificate_batch.submitted", batch.number, by=by, at=at, detail=detail)
    if after:
        accept_at_once(batch, by=PLATFORM, at=at)


@transaction.atomic
def revert(*, number: str, reason: str, by: Actor, at: datetime) -> Batch:
    """This function will take a whole batch back before it is accepted; its rows stay on record and no longer hold their numbers.

    :raises Refusal: once it is accepted: then single certificates are corrected or revoked. Without a reason.
    """
    batch = locked(number)
    permissions.check_may(by, "revert", batch)
    check_left_alone(by=by, thing=Frozen.BATCH, reference=number)
    if batch.state == BatchState.ACCEPTED:
        raise Refusal(f"{number}已经接收，不能整份撤回。", REVIEW, "个别有误的，请逐行更正，或办理证书的更正、撤销。")
    state = MOVES.check("revert", BatchState(batch.state))
    batch.reason = words(reason, "撤回须写明理由。")
    rows = batch.entries.filter(state__in=UNDECIDED).update(state=EntryState.REVERTED)
    batch.move_to(state)
    close_tasks(case=number, by=by, at=at, outcome="已整份撤回")
    record("certificate_batch.reverted", number, by=by, at=at, reason=batch.reason, detail={"rows": rows})
    return batch


@transaction.atomic
def take_row_back(*, number: str, row: int, reason: str, by: Actor, at: datetime) -> None:
    """This function will take one row of a batch that lies with its body out of it.

    :raises Refusal: without a reason, or for a row that cannot be.
    """
    batch = locked(number)
    permissions.check_may(by, "correct", batch)
    check_left_alone(by=by, thing=Frozen.BATCH, reference=number)
    if batch.state not in WITH_BODY:
        raise Refusal(f"{number}当前为“{batch.state_label}”，不能撤下单行。", REVIEW, "请等退回更正后办理。")
    why = words(reason, "撤下须写明理由。")
    done = batch.entries.filter(row_number=row, state__in=UNDECIDED).update(state=EntryState.REVERTED, why=why[:200])
    if not done:
        raise Refusal(f"第{row}行不在待提交的行之内。", REVIEW, "请核对行号。")
    record("certificate_batch.row_taken_back", number, by=by, at=at, reason=why, detail={"row": row})
