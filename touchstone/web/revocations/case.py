"""撤销案件页: what is doubted, how far does it reach, what was said about each certificate, what can I do? One page for offices and bodies."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.policy.certificates.revocation import LAW, Cause, Verdict
from touchstone.revocations import operations, permissions, queries
from touchstone.revocations.permissions import can
from touchstone.revocations.states import MOVES, RowState, State
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, either_door, own_side, side, told
from touchstone.web.enforcement.leading import led_on
from touchstone.web.events import told_with_receipt
from touchstone.web.paging import CappedPaginator, page_size
from touchstone.web.revocations.words import ROW_STATES, STATES, pairs_of, verdict_words

if TYPE_CHECKING:
    from touchstone.revocations.models import Revocation, RevocationRow

_DONE = {
    "notify": "已告知持证人和机构；公众查验显示“核查中”。",
    "send_up": "处理意见已报送负责人决定。",
    "return": "已退回经办人重拟。",
    "withdraw": "已撤案，证书恢复有效。",
}
_SHOWN = 50


@either_door
def revocation(request: Request, number: str) -> HttpResponseBase:
    """This page will show a case and carry out what the actor can do with it. :raises NotAllowed: for another's."""
    found = queries.case(number, request.actor)
    outcomes: list[operations.Outcome] = []
    if request.method == "POST":
        with told(request):
            outcomes = _act(request, number)
        if not outcomes:
            return redirect(own_side(request, "revocation", number))
        found = queries.case(number, request.actor)
    return render(request, "revocations/case.html", _context(request, found) | {"outcomes": outcomes})


def _act(request: Request, number: str) -> list[operations.Outcome]:
    """Carry out one act; what is done to several certificates tells the outcome of each. :raises Refusal:"""
    post, by, at = request.POST, request.actor, request.now
    words, act = post.get("words", ""), post.get("act", "")
    whole: dict[str, Callable[[], object]] = {
        "notify": lambda: operations.notify_holders(number=number, by=by, at=at),
        "send_up": lambda: operations.send_up(number=number, by=by, at=at),
        "return": lambda: operations.return_proposals(number=number, reason=words, by=by, at=at),
        "withdraw": lambda: operations.withdraw_case(number=number, reason=words, by=by, at=at),
    }
    if act in whole:
        whole[act]()
        messages.success(request, _DONE[act])
        return []
    rows = () if post.get("everything") else post.getlist("row")
    if not rows and not post.get("everything"):
        raise Refusal("没有选择证书。", LAW, "请勾选证书，或者勾选“本案全部”。")
    if act in {Verdict.REVOKE, Verdict.KEEP}:
        return operations.propose_rows(number=number, rows=rows, verdict=Verdict(act), reason=words, by=by, at=at)
    if act == "decide":
        return operations.decide_rows(number=number, rows=rows, by=by, at=at)
    if act == "execute":
        return operations.execute_rows(number=number, rows=rows, by=by, at=at)
    return []


def _context(request: Request, found: "Revocation") -> dict[str, Any]:
    actor, rows = request.actor, queries.rows_of(found, request.actor)
    paginator = CappedPaginator(rows, rows, page_size(request.GET.get("per_page")) if "per_page" in request.GET else _SHOWN)
    page = paginator.get_page(request.GET.get("page"))
    numbers = list(rows.values_list("certificate_number", flat=True))
    label, tone = STATES[found.state]
    may, counts = _may(request, found), queries.counts_of(found)
    return {
        "case": found,
        "cause_words": Cause(found.cause).words,
        "state_label": label,
        "tone": tone,
        "pairs": pairs_of(found),
        "origin_url": case_url(found.origin, actor) if found.origin else "",
        "page": page,
        "size": paginator.per_page,
        "rows": [_line(request, row) for row in page],
        "count_words": [(name, counts[key]) for name, key in _COUNTED if counts[key]],
        "may": may,
        "led_on": {} if side(request) == "body" else led_on(request, "revocation", found.number, ready=bool(numbers)),
        "pick": bool(may & {"propose", "decide", "execute"}),
        "waits": _waits(found, may),
        "dependents": _dependents(numbers),
        "support": [] if side(request) == "body" else list(queries.support_on(numbers)[:_SHOWN]),
        "letters": _letters(request, found),
        "entries": [told_with_receipt(line) for line in history(found.number) if line.event.startswith("revocation.")],
        "crumbs": [{"label": "证书撤销案件", "url": own_side(request, "revocations")}, {"label": found.number}],
        "request_key": uuid4(),
    }


_COUNTED = (
    ("已陈述", "stated"),
    ("没有处理意见", "without_proposal"),
    ("待执行", "ordered"),
    ("已撤销", "revoked"),
    ("已更正", "corrected"),
    ("保留", "kept"),
    ("经申诉恢复", "reversed"),
    ("申诉审查中", "appeals"),
)


def _may(request: Request, found: "Revocation") -> set[str]:
    """What the actor can do now; verbs of the table, and propose, decide and execute for certificates."""
    actor, state = request.actor, State(found.state)
    may = {line.verb for line in MOVES.open_from(state) if can(permissions.check_may, actor, line.verb, found)}
    may -= {"decide", "close"}
    if state is State.NOTIFIED and can(permissions.check_may_propose, actor, found):
        may.add("propose")
    if state is State.PROPOSED and can(permissions.check_may_decide_rows, actor, found):
        may.add("decide")
    ordered = queries.rows_of(found, actor).filter(state=RowState.ORDERED).select_related("body__office").first()
    if state is State.ORDERED and ordered is not None and can(permissions.check_may_execute, actor, ordered):
        may.add("execute")
    return may


def _line(request: Request, row: "RevocationRow") -> dict[str, Any]:
    label, tone = ROW_STATES[row.state]
    return {
        "row": row,
        "url": own_side(request, "revocation_row", row.number),
        "label": label,
        "tone": tone,
        "proposal": verdict_words(row, row.verdict or row.proposal),
    }


def _dependents(numbers: list[str]) -> list[dict[str, Any]]:
    found = queries.dependents_of(numbers)
    under_way = queries.open_rows_of(one.certificate.number for one in found)
    return [{"one": one, "case": under_way.get(one.certificate.number, "")} for one in found[:_SHOWN]]


def _letters(request: Request, found: "Revocation") -> list[dict[str, str]]:
    """The letters to bodies there are by now."""
    names = [("notice", "告知书（致机构）", found.notified_at), ("order", "决定书（致机构）", found.decided_at)]
    page = f"{side(request)}:revocation_letter"
    return [{"label": label, "url": reverse(page, args=[found.number, key])} for key, label, when in names if when is not None]


def _waits(found: "Revocation", may: set[str]) -> str:
    """Say what the case waits for where the actor can do nothing."""
    if may:
        return ""
    waiting = {
        State.OPENED: f"等待{found.office}告知持证人。",
        State.NOTIFIED: f"持证人可以在{found.heard_until:%Y年%-m月%-d日}前陈述，之后由{found.office}提出处理意见。" if found.heard_until else "",
        State.PROPOSED: f"等待{found.office}的审批负责人决定。",
        State.ORDERED: "等待评价机构执行，逾期由平台执行。",
    }
    return waiting.get(State(found.state), "案件已办结。")
