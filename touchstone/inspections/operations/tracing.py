"""问题回溯: a body traces back from one bad thing to all it touches, notes what it found at every head, and holds to account who answers for it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.inspections.facts.tracing import told_of, touched
from touchstone.inspections.models import HeldToAccount, TracedHead, Tracing
from touchstone.inspections.permissions import tracing as permissions
from touchstone.inspections.states.tracing import TRACING_MOVES, TracingState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must, records
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.parameters.queries import due
from touchstone.policy.roles import Role
from touchstone.policy.supervision.records import ITSELF, TOUCHES, TRACED_WITHIN, Source, traced_back
from touchstone.tasks.operations import close_tasks, open_task, send_copy

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

TASK, LATE = "trace_back", "tracing_late"


@transaction.atomic
def begin_tracing(*, body: "Body", source: Source, reference: str, reason: str, by: Actor, at: datetime) -> Tracing:
    """This function will begin a body's tracing back from one of its own things.

    :raises NotAllowed: :raises Refusal: without a reason, from what is not the body's, or where it is being traced already.
    """
    permissions.check_may_begin(by, body)
    made = _made(body, source, reference, reason, at)
    made.state, made.begun_by_id = TracingState.OPEN, by.user_id
    made.save()
    record("tracing.begun", made.number, by=by, at=at, reason=made.reason, detail=_told(made))
    return made


@transaction.atomic
def ask_tracing(*, body: "Body", source: Source, reference: str, reason: str, by: Actor, at: datetime, origin: str = "") -> Tracing:
    """This function will have an office ask a body to trace back, within the days laid down.

    :raises NotAllowed: for an office that does not supervise it. :raises Refusal: as `begin_tracing`.
    """
    charge = permissions.check_may_ask(by, body, localtime(at).date())
    made = _made(body, source, reference, reason, at)
    made.state, made.begun_by_id, made.office_id = TracingState.ASKED, by.user_id, by.office_id
    made.origin, made.due_on, made.findings = origin.strip()[:40], due(TRACED_WITHIN, localtime(at)), records([charge])
    made.save()
    detail = _told(made) | {"due_on": made.due_on.isoformat(), "findings": made.findings}
    record("tracing.asked", made.number, by=by, at=at, reason=made.reason, detail=detail)
    title = f"问题回溯：{source.label} {made.reference}"
    for role in (Role.BODY_PLANNER, Role.BODY_LEADER):
        open_task(case=made.number, matter=TASK, title=title[:200], office_id=body.office_id, role=role, by=by, at=at, due_on=made.due_on)
    return made


def _made(body: "Body", source: Source, reference: str, reason: str, at: datetime) -> Tracing:
    plain = reference.strip().upper()
    if not reason.strip():
        raise Refusal("请写明发现了什么问题。", ITSELF, "写清问题是什么、怎么发现的。")
    told = told_of(source, plain, body) if plain else None
    if told is None:
        raise Refusal(f"{body.name}没有找到“{plain}”（{source.label}）。", ITSELF, "请核对起点和编号。")
    before = Tracing.objects.filter(body=body, source=source, reference=plain).exclude(state=TracingState.FINISHED).first()
    if before is not None:
        raise Refusal(f"这个问题正在回溯（{before.number}）。", ITSELF, "请在原来的回溯中继续。")
    return Tracing(
        number=f"HS{at:%Y}{next_serial(f'tracing-{at:%Y}'):05d}",
        body=body,
        source=source.value,
        reference=plain,
        told=told[:200],
        reason=reason.strip()[:2000],
        begun_at=at,
    )


def _told(made: Tracing) -> dict[str, object]:
    return {"body": made.body.number, "source": made.source, "reference": made.reference}


@transaction.atomic
def note_head(*, number: str, head: str, words: str, by: Actor, at: datetime) -> TracedHead:
    """This function will note what was found and done at one head; how many things it touches is counted now. :raises Refusal: without words."""
    tracing = _locked(number)
    permissions.check_may(by, "note", tracing)
    state = TRACING_MOVES.check("note", TracingState(tracing.state))
    found = next((one for one in touched(Source(tracing.source), tracing.reference, tracing.body, at) if one.head == head), None)
    if found is None:
        raise Refusal("没有这一项回溯范围。", ITSELF, "请刷新页面后重试。")
    if not words.strip():
        raise Refusal("请写明这一项回溯的结果。", ITSELF, "写清查了什么、有没有同样的问题、怎样处理；没有涉及的也写明。")
    told = {"count": found.count(), "words": words.strip()[:2000], "noted_at": at, "noted_by_id": by.user_id}
    made, _ = TracedHead.objects.update_or_create(tracing=tracing, head=head, defaults=told)
    tracing.move_to(state)
    record("tracing.noted", number, by=by, at=at, reason=made.words, detail={"head": head, "count": made.count})
    return made


@transaction.atomic
def hold_to_account(*, number: str, name: str, post: str, handling: str, by: Actor, at: datetime) -> HeldToAccount:
    """This function will put down who answers and how that was handled. :raises Refusal: without a name or how."""
    tracing = _locked(number)
    permissions.check_may(by, "hold", tracing)
    state = TRACING_MOVES.check("hold", TracingState(tracing.state))
    if not name.strip() or not handling.strip():
        raise Refusal("请写明责任人和处理。", ITSELF, "例如：考评员张某，停止派遣六个月，重新培训。")
    made = HeldToAccount.objects.create(
        tracing=tracing, name=name.strip()[:60], post=post.strip()[:60], handling=handling.strip()[:300], noted_at=at, noted_by_id=by.user_id
    )
    tracing.nobody_because = ""
    tracing.move_to(state)
    record("tracing.held", number, by=by, at=at, reason=made.handling, detail={"name": made.name, "post": made.post})
    return made


@transaction.atomic
def finish_tracing(*, number: str, nobody_because: str, by: Actor, at: datetime) -> Tracing:
    """This function will finish a tracing: every head was looked into, and somebody answers, or it is said why nobody does.

    :raises NotAllowed: unless by the leader. :raises Refusal: with what is missing.
    """
    tracing = _locked(number)
    permissions.check_may(by, "finish", tracing)
    state = TRACING_MOVES.check("finish", TracingState(tracing.state))
    day, held = localtime(at).date(), tracing.accountable.count()
    because = "" if held else nobody_because.strip()[:600]
    looked_into = list(tracing.heads.values_list("head", flat=True))
    found = traced_back(Source(tracing.source), looked_into, held, day, because)
    must(found, "请补齐后再完成。")
    tracing.nobody_because, tracing.findings = because, [*tracing.findings, *records([found])]
    tracing.finished_at, tracing.finished_by_id = at, by.user_id
    tracing.move_to(state)
    counts = dict(tracing.heads.values_list("head", "count"))
    record("tracing.finished", number, by=by, at=at, reason=because, detail={"counts": counts, "held": held, "findings": records([found])})
    close_tasks(case=number, by=by, at=at, outcome="已完成回溯")
    if tracing.office_id is not None:
        title = f"问题回溯已完成：{tracing.body.name} {tracing.reference}"
        send_copy(case=number, title=title, office_id=tracing.office_id, words=found.reason, by=by, at=at)
    return tracing


@transaction.atomic
def note_tracing_late(*, number: str, by: Actor, at: datetime) -> bool:
    """This function will put a tracing whose day has passed before the office that asked for it, once; it says whether that was new."""
    tracing = _locked(number)
    if tracing.state == TracingState.FINISHED or tracing.overdue_at is not None or tracing.due_on is None or tracing.office_id is None:
        return False
    if tracing.due_on >= localtime(at).date():
        return False
    tracing.overdue_at = at
    tracing.save(update_fields=["overdue_at"])
    missing = [one for one in TOUCHES.on(localtime(at).date()).value[Source(tracing.source)] if not tracing.heads.filter(head=one).exists()]
    record("tracing.overdue", number, by=by, at=at, detail={"due_on": tracing.due_on.isoformat(), "missing": missing})
    title = f"问题回溯逾期未完成：{tracing.body.name}"
    open_task(case=number, matter=LATE, title=title[:200], office_id=tracing.office_id, role=Role.SUPERVISOR, by=by, at=at)
    return True


def _locked(number: str) -> Tracing:
    found = Tracing.objects.select_for_update(of=("self",)).select_related("body__office").filter(number=number).first()
    if found is None:
        raise Refusal("没有这次问题回溯。", ITSELF, "请从“问题回溯”列表中打开。")
    return found
