"""各区尺度页: on what is decided with discretion, which district decides otherwise than the others, why, and which decisions are those?"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.accounts.actor import NotAllowed
from touchstone.exams.operations.exports import record_export
from touchstone.insight import operations, permissions
from touchstone.insight.queries import drift as queries
from touchstone.insight.queries.drift import Line, Question
from touchstone.insight.states import Answer
from touchstone.kernel.rules import Outcome
from touchstone.policy.districts import DISTRICTS, district_name
from touchstone.policy.supervision.precedents import DRIFT, LEAST_COMPARED
from touchstone.policy.supervision.who import bureau_name
from touchstone.web.cases import case_url
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.insight.tabs import tabs
from touchstone.web.insight.words import ANSWERS, VERDICTS, percent
from touchstone.web.tables import Column, Empty, MomentColumn, Table, list_page

if TYPE_CHECKING:
    from touchstone.insight.models import Explanation


@authority_door
def drift(request: Request) -> HttpResponseBase:
    """This page will compare the districts on every question: to the city all, to a district itself beside the others together.

    :raises NotAllowed: for everybody but those who direct an office of the city or of a district.
    """
    permissions.check_may_read(request.actor)
    day, own = request.today, _own(request)
    span = queries.span_on(day)
    questions = [_asked(request, one, queries.compared(one, day), own) for one in queries.QUESTIONS]
    context = {
        "questions": questions,
        "flagged": sum(one["flagged"] for one in questions),
        "since": span.since,
        "last": span.until - timedelta(days=1),
        "least": LEAST_COMPARED.on(day).value,
        "most": DRIFT.on(day).value,
        "clause": DRIFT.on(day).clause,
        "own": own,
        "ground": bureau_name(own) if own else "",
        "tabs": tabs("drift"),
    }
    return render(request, "insight/drift.html", context)


def _own(request: Request) -> str:
    """The one district somebody reads of; empty for the city."""
    return "" if permissions.is_city(request.actor) else request.actor.district


def _asked(request: Request, asked: Question, lines: list[Line], own: str) -> dict[str, Any]:
    seen = [one for one in lines if (one.district == own if own else one.cases)]
    return {
        "question": asked,
        "lines": [_line(one) for one in seen],
        "flagged": sum(one.finding.outcome is Outcome.UNMET for one in seen),
        "all": sum(one.cases for one in lines),
        "chart": _chart(asked, seen) if not own and len(seen) > 1 else None,
    }


def _line(line: Line) -> dict[str, Any]:
    label, tone = VERDICTS[line.finding.outcome]
    said = line.explanation
    return {
        "line": line,
        "district": district_name(line.district),
        "share": percent(line.share),
        "others": percent(line.other_share),
        "label": label,
        "tone": tone,
        "url": reverse("authority:drift_district", args=[line.question.key, line.district]),
        "said": ANSWERS[Answer(said.outcome)] if said else None,
    }


def _chart(asked: Question, lines: list[Line]) -> dict[str, Any]:
    """The shares of the districts that decided anything, one below the other."""
    shown = sorted((one for one in lines if one.share is not None), key=lambda one: -(one.share or 0))
    data = [
        {"value": round(one.share or 0, 1), "url": reverse("authority:drift_district", args=[asked.key, one.district])} for one in shown
    ]
    return {
        "grid": {"left": 8, "right": 32, "top": 8, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "value", "min": 0, "max": 100},
        "yAxis": {"type": "category", "inverse": True, "data": [district_name(one.district) for one in shown]},
        "series": [{"name": f"{asked.share}（%）", "type": "bar", "barMaxWidth": 16, "data": data}],
    }


class DecisionTable(Table):
    """Decisions that are compared."""

    case_number = Column("业务编号", attrs={"td": {"class": "ts-nowrap"}})
    about = Column("涉及")
    decided = MomentColumn("作出时间")
    lenient = Column("决定")

    def render_case_number(self, value: str) -> SafeString | str:
        url = case_url(value, self.request.actor)
        return format_html('<a href="{}">{}</a>', url, value) if url else value

    def value_case_number(self, value: str) -> str:
        return value

    def render_lenient(self, value: bool) -> SafeString:
        asked = _found(self.request.resolver_match.kwargs["question"])
        tone = "ok" if value else "warn"
        return format_html('<span class="ts-state ts-tone-{}">{}</span>', tone, asked.mild if value else asked.strict)

    def value_lenient(self, value: bool) -> str:
        asked = _found(self.request.resolver_match.kwargs["question"])
        return asked.mild if value else asked.strict


class DecisionFilter(django_filters.FilterSet):
    """Narrowing the decisions."""

    way = django_filters.ChoiceFilter(label="决定", choices=[], method="decided_so")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = _found(self.request.resolver_match.kwargs["question"])
        self.filters["way"].extra["choices"] = [("mild", asked.mild), ("strict", asked.strict)]

    def decided_so(self, found: Any, name: str, value: str) -> Any:
        return found.filter(lenient=value == "mild")


@authority_door
def drift_district(request: Request, question: str, district: str) -> HttpResponseBase:
    """This page will show how one district decided on one question, the decisions themselves, and take its explanation and the city's answer.

    :raises Http404: where there is no such question or district. :raises NotAllowed: for another district.
    """
    permissions.check_may_read(request.actor)
    asked, own = _found(question), _own(request)
    if district not in DISTRICTS:
        raise Http404
    if own and district != own:
        raise NotAllowed(f"{bureau_name(district)}的决定不归您查看。", permissions.LAW, "请查看本区的比较，或者与市职鉴中心联系。")
    if request.method == "POST":
        _act(request, asked)
        return redirect("authority:drift_district", question, district)
    day = request.today
    line, span = queries.compared_one(asked, district, day), queries.span_on(day)

    def exported(kind: str, count: int) -> None:
        record_export(case=f"drift-{question}-{district}", what=asked.title, kind=kind, count=count, by=request.actor, at=request.now)

    return list_page(
        request,
        queryset=queries.decisions(asked, span, district),
        table=DecisionTable,
        filterset=DecisionFilter,
        title=f"{district_name(district)}：{asked.title}",
        unit="件决定",
        template="insight/drift_district.html",
        empty=Empty("这一时期没有作出决定", "作出决定以后会列在这里。"),
        exported=exported,
        extra=_around(request, line, span.since, span.until),
    )


def _found(key: str) -> Question:
    found = queries.question(key)
    if found is None:
        raise Http404
    return found


def _around(request: Request, line: Line, since: date, until: date) -> dict[str, Any]:
    said = line.explanation
    return {
        "one": _line(line),
        "since": since,
        "last": until - timedelta(days=1),
        "said": said,
        "answer": ANSWERS[Answer(said.outcome)] if said else None,
        "may_explain": said is None and line.finding.outcome is Outcome.UNMET and permissions.may_explain(request.actor),
        "may_answer": said is not None and said.outcome == Answer.WAITING and permissions.is_city(request.actor),
        "before": [_earlier(one) for one in queries.earlier(line.question, line.district, until)],
        "explain_key": uuid4(),
        "crumbs": [{"label": "各区尺度", "url": reverse("authority:drift")}, {"label": f"{district_name(line.district)}：{line.question.title}"}],
    }


def _earlier(one: "Explanation") -> dict[str, Any]:
    label, tone = ANSWERS[Answer(one.outcome)]
    return {"row": one, "last": one.until - timedelta(days=1), "label": label, "tone": tone}


def _act(request: Request, asked: Question) -> None:
    post, by, at = request.POST, request.actor.with_key(request.POST.get("request_key", "")), request.now
    words = post.get("words", "")
    with told(request):
        if post.get("act") == "explain":
            operations.explain(asked=asked.key, words=words, by=by, at=at)
            messages.success(request, "说明已提交，由市职鉴中心答复。")
        elif post.get("act") in {"accept", "align"}:
            operations.answer_explanation(number=post.get("number", ""), accepted=post["act"] == "accept", words=words, by=by, at=at)
            messages.success(request, "已答复，该区人社局收到抄送。")


@authority_door
def drift_explanation(request: Request, number: str) -> HttpResponseBase:
    """This page will lead from an explanation's number to where it stands. :raises Http404: where there is none."""
    made = queries.explanation(number)
    if made is None:
        raise Http404
    return redirect("authority:drift_district", made.question, made.office.district)
