"""期满评估页: which filings end soon, what does each whole term look like, and what was decided before it is renewed?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_tables2 import A

from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.queries import named
from touchstone.exams.operations.exports import record_export
from touchstone.filings.queries import filing as filing_named
from touchstone.grading import operations, permissions, queries
from touchstone.grading.facts.terms import term_facts
from touchstone.grading.states import TERM_MOVES, TermState
from touchstone.kernel.rules import records
from touchstone.ledger.queries import history
from touchstone.policy.supervision.assessment import term_was_good
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, authority_door, either_door, own_side, side, told
from touchstone.web.events import told_with_receipt
from touchstone.web.filters import DayRangeFilter
from touchstone.web.grading.words import TERM_STATES, tabs
from touchstone.web.tables import Column, DayColumn, Empty, StateColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.grading.models import TermEvaluation


class TermTable(Table):
    """Expiry evaluations."""

    number = Column("评估", linkify=("authority:term_evaluation", [A("number")]), attrs={"td": {"class": "ts-nowrap"}})
    body = Column("评价机构", accessor="body__name", order_by=("body_id", "-pk"))
    filing = Column("备案编号", linkify=("authority:filing", [A("filing")]), attrs={"td": {"class": "ts-nowrap"}})
    until = DayColumn("备案有效期至（不含）")
    office = Column("评估单位", accessor="office__short_name", order_by=("office_id", "state"))
    state = StateColumn(TERM_STATES, "状态", order_by=("state", "until", "number"))
    passed = Column("结论", default="—")
    decided_at = DayColumn("结论日期", default="—")

    def render_passed(self, value: bool) -> str:
        return "合格" if value else "不合格"

    value_passed = render_passed


class TermFilter(django_filters.FilterSet):
    """Narrowing the evaluations."""

    body = django_filters.CharFilter(label="评价机构", method="of_body")
    filing = django_filters.CharFilter(label="备案编号", lookup_expr="startswith")
    state = django_filters.ChoiceFilter(label="状态", choices=[(one.value, one.label) for one in TermState])
    passed = django_filters.ChoiceFilter(label="结论", choices=[("True", "合格"), ("False", "不合格")])
    until = DayRangeFilter(label="备案期满", field_name="until")

    def of_body(self, found: Any, name: str, value: str) -> Any:
        return found.filter(named(value))


@authority_door
def term_evaluations(request: Request) -> HttpResponseBase:
    """This page will list the expiry evaluations on the actor's ground."""
    permissions.check_may_see_pages(request.actor)
    return list_page(
        request,
        queryset=queries.evaluations(request.actor),
        table=TermTable,
        filterset=TermFilter,
        title="考核与分级",
        unit="件",
        template="grading/terms.html",
        empty=Empty("没有期满评估", "备案临近期满时平台自动列出，评估结论是续期的依据。"),
        exported=lambda kind, count: record_export(case="terms", what="期满评估", kind=kind, count=count, by=request.actor, at=request.now),
        extra={"tabs": tabs("terms")},
    )


@either_door
def term_evaluation(request: Request, number: str) -> HttpResponseBase:
    """This page will show a term with what the evaluation rests on, and carry out what the actor can do. :raises NotAllowed: for another's."""
    found = queries.evaluation(number, request.actor)
    if request.method == "POST":
        _act(request, number)
        return redirect(own_side(request, "term_evaluation", number))
    may = {line.verb for line in TERM_MOVES.open_from(TermState(found.state)) if not permissions.why_not(request.actor, line.verb, found)}
    lines, findings = _now(found, request)
    label, tone = TERM_STATES[found.state]
    of_body = side(request) == "body"
    context = {
        "found": found,
        "of_body": of_body,
        "state_label": label,
        "tone": tone,
        "lines": lines,
        "findings": findings,
        "filing_url": case_url(found.filing, request.actor),
        "may": may,
        "own_opinion": found.opined_by_id == request.actor.user_id,
        "waits": "" if may else _waits(found),
        "entries": [told_with_receipt(one) for one in history(number) if not of_body or one.event != "term_evaluation.opined"],
        "crumbs": [
            {"label": "考核与等级" if of_body else "期满评估", "url": reverse("body:standing" if of_body else "authority:term_evaluations")},
            {"label": number},
        ],
        "request_key": uuid4(),
    }
    return render(request, "grading/term.html", context)


def _now(found: "TermEvaluation", request: Request) -> tuple[list[list[str]], list[Any]]:
    """What the decision rested on; before it, what is known today."""
    if found.state == TermState.DECIDED:
        return found.told, found.findings
    term = term_facts(filing_named(found.filing, PLATFORM), request.today)
    return term.lines, records([term_was_good(term.facts, request.today)])


def _act(request: Request, number: str) -> None:
    post, by, at = request.POST, request.actor, request.now
    words, passed = post.get("words", ""), post.get("passed") == "yes"
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "opine": (lambda: operations.opine_on_term(number=number, words=words, by=by, at=at), "评估意见已登记，等待审批负责人决定。"),
        "decide": (lambda: operations.decide_term(number=number, passed=passed, words=words, by=by, at=at), "结论已登记，续期时以此为依据。"),
    }
    act = post.get("act", "")
    if act in acts:
        with told(request):
            acts[act][0]()
            messages.success(request, acts[act][1])


def _waits(found: "TermEvaluation") -> str:
    return {
        TermState.OPEN: f"等待{found.office.name}提出评估意见。",
        TermState.OPINED: f"等待{found.office.name}审批负责人决定。",
        TermState.DECIDED: "评估已有结论。",
    }[TermState(found.state)]
