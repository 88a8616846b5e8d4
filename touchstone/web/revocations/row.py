"""撤销案件中的一本证书: what is held against it, what did the holder say, what was decided, and what can I do? The holder sees it on the phone."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.certificates.queries import by_number, verify_path
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.policy.certificates.revocation import CORRECTABLE, LAW, Cause, Verdict
from touchstone.revocations import operations, permissions, queries
from touchstone.revocations.states import EXECUTED, AppealState, RowState, State
from touchstone.web.doors import Request, own_side, person_door, side, told
from touchstone.web.events import told_with_receipt
from touchstone.web.revocations.words import ROW_STATES, certificate_pairs, verdict_words

if TYPE_CHECKING:
    from touchstone.revocations.models import RevocationRow

_DONE = {"state": "陈述已提交。", "appeal": "申诉已提交。", "dismiss": "已答复：维持决定。", "grant": "已答复：申诉成立，证书恢复。"}


@person_door
def revocation_row(request: Request, number: str) -> HttpResponseBase:
    """This page will show one certificate of a case and carry out what the actor can do about it. :raises NotAllowed: for another's."""
    found = queries.row(number, request.actor)
    if request.method == "POST":
        with told(request):
            _act(request, found)
        return redirect(own_side(request, "revocation_row", number))
    return render(request, "revocations/row.html", _context(request, found))


def _act(request: Request, found: "RevocationRow") -> None:
    post, by, at, number = request.POST, request.actor, request.now, found.number
    words, act = post.get("words", ""), post.get("act", "")
    acts: dict[str, Callable[[], object]] = {
        "state": lambda: operations.take_statement(row=number, words=words, by=by, at=at),
        "appeal": lambda: operations.appeal_row(row=number, words=words, by=by, at=at),
        "dismiss": lambda: operations.answer_appeal(row=number, granted=False, answer=words, by=by, at=at),
        "grant": lambda: operations.answer_appeal(row=number, granted=True, answer=words, by=by, at=at),
    }
    if act in acts:
        acts[act]()
        messages.success(request, _DONE[act])
    elif act == "propose":
        _propose(request, found)


def _propose(request: Request, found: "RevocationRow") -> None:
    post = request.POST
    if post.get("verdict") not in set(Verdict):
        raise Refusal("请选择处理意见。", LAW, "撤销、更正或者保留。")
    changes = {name: post.get(f"change-{n}", "") for n, name in enumerate(CORRECTABLE.on(request.today).value)}
    (outcome,) = operations.propose_rows(
        number=found.case.number,
        rows=[found.number],
        verdict=Verdict(post["verdict"]),
        reason=post.get("words", ""),
        changes={name: text for name, text in changes.items() if text.strip()},
        by=request.actor,
        at=request.now,
    )
    if outcome.done:
        messages.success(request, "处理意见已登记。")
    else:
        messages.error(request, outcome.sentence)


def _context(request: Request, found: "RevocationRow") -> dict[str, Any]:
    label, tone = ROW_STATES[found.state]
    own, case = side(request) == "candidate", found.case
    back = own_side(request, "certificate_matters") if own else own_side(request, "revocation", case.number)
    successor = by_number(found.replaced_by) if found.replaced_by else None
    return {
        "row": found,
        "case": case,
        "own": own,
        "state_label": label,
        "tone": tone,
        "cause_words": Cause(case.cause).words,
        "pairs": certificate_pairs(found),
        "proposal": verdict_words(found, found.proposal),
        "verdict": verdict_words(found, found.verdict),
        "may": _may(request, found),
        "fields": list(CORRECTABLE.on(request.today).value),
        "verdicts": [(one.value, one.label) for one in Verdict if one is not Verdict.CORRECT or case.cause == Cause.WRONG],
        "appealed": found.appeal_state != AppealState.NONE,
        "appeal_label": AppealState(found.appeal_state).label,
        "successor_path": verify_path(successor.number) if successor else "",
        "letters": _letters(request, found),
        "entries": [told_with_receipt(line) for line in history(found.number)],
        "crumbs": [{"label": "证书事项" if own else f"案件{case.number}", "url": back}, {"label": found.certificate_number}],
        "request_key": uuid4(),
    }


def _may(request: Request, found: "RevocationRow") -> set[str]:
    actor, heard = request.actor, found.state == RowState.EXAMINED and found.case.state == State.NOTIFIED
    checks: list[tuple[str, bool, Callable[[], None]]] = [
        ("state", heard and not found.statement, lambda: permissions.check_may_state(actor, found)),
        ("propose", heard, lambda: permissions.check_may_propose(actor, found.case)),
        (
            "appeal",
            RowState(found.state) in {RowState.ORDERED, *EXECUTED} and found.case.appeal_to is not None and found.appeal_state == AppealState.NONE,
            lambda: permissions.check_may_appeal(actor, found),
        ),
        ("answer", found.appeal_state == AppealState.LODGED, lambda: permissions.check_may_answer(actor, found)),
    ]
    return {verb for verb, open_, check in checks if open_ and permissions.can(check)}


def _letters(request: Request, found: "RevocationRow") -> list[dict[str, str]]:
    """The letters to the holder there are by now."""
    decided = found.decided_at if found.case.decided_at else None
    names = [("notice", "告知书", found.notified_at), ("decision", "决定书", decided), ("answer", "申诉答复书", found.answered_at)]
    page = f"{side(request)}:revocation_paper"
    return [{"label": label, "url": reverse(page, args=[found.number, key])} for key, label, when in names if when is not None]
