"""征集展示: how do a project, a call and an application look on a page, whoever looks at them?"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries.grades import grade_row
from touchstone.calls import queries
from touchstone.calls.facts import rules_day
from touchstone.calls.states import ApplicationState, CallState, ProjectState
from touchstone.files import queries as files
from touchstone.ledger.queries import history
from touchstone.policy.calls.conditions import CONDITIONS, Condition, Measure
from touchstone.policy.calls.ranking import SCALES, TIES
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.supervision.grade import Grade
from touchstone.web.events import event_words
from touchstone.web.levels import levels_label
from touchstone.web.navigation import audience_of

if TYPE_CHECKING:
    from touchstone.calls.models import Application, Call, Selection

_PROJECT_TONES = {"recommended": "info", "selected": "ok", "declined": "danger", "withdrawn": "neutral", "retired": "neutral"}
_CALL_TONES = {
    "drafted": "neutral", "open": "ok", "closed": "info", "ranked": "info", "announced": "info", "concluded": "neutral", "cancelled": "warn",
}  # fmt: skip
_APPLICATION_TONES = {
    "drafted": "neutral", "submitted": "info", "returned": "warn", "checked": "info", "selected": "ok", "not_selected": "neutral",
    "withdrawn": "neutral",
}  # fmt: skip
PROJECT_STATES = {state.value: (state.label, _PROJECT_TONES[state.value]) for state in ProjectState}
CALL_STATES = {state.value: (state.label, _CALL_TONES[state.value]) for state in CallState}
APPLICATION_STATES = {state.value: (state.label, _APPLICATION_TONES[state.value]) for state in ApplicationState}
SELECTION_STATES = [("good", "有效"), ("ended", "已取消"), ("over", "已期满")]
WHOLE_CITY = "全市"
DISTRICT_CHOICES = [("", WHOLE_CITY), *sorted(DISTRICTS.items())]
YES_NO = [("", "请选择"), ("1", "是"), ("0", "否")]
RATINGS = [("", "请选择"), ("0", "没有等级"), *((str(n), f"{n}A") for n in range(1, 6))]


def where(district: str) -> str:
    """This function will name the ground of a lot; an empty code is the whole city."""
    return DISTRICTS.get(district, WHOLE_CITY)


def in_words(condition: Condition, value: int | None) -> str:
    """This function will write one answer: 是, 4A, 8人."""
    if value is None:
        return "—"
    match condition.measure:
        case Measure.YES:
            return "是" if value else "否"
        case Measure.RATING:
            return f"{value}A" if value else "没有等级"
        case _:
            return f"{value}{condition.unit}"


def answer_field(condition: Condition, empty: str = "请选择") -> forms.Field:
    """This function will give the control for one answer; left empty it cleans to None."""
    label = f"{condition.title}（{condition.unit}）" if condition.measure is Measure.COUNT else condition.title
    if condition.measure is Measure.COUNT:
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=9999, widget=forms.NumberInput({"inputmode": "numeric"}))
    choices = [("", empty), *(YES_NO if condition.measure is Measure.YES else RATINGS)[1:]]
    return forms.TypedChoiceField(label=label, required=False, choices=choices, coerce=int, empty_value=None)


def conditions_of(call: "Call", today: date) -> tuple[Condition, ...]:
    """This function will give the conditions that rule a call."""
    return CONDITIONS.on(rules_day(call, today)).value


def lots_shown(call: "Call", demand: bool = True) -> list[dict[str, Any]]:
    """This function will give a call's lots, each with its place, its levels and the newest demand figure of its ground."""
    lots = list(queries.lots_of(call))
    figures = queries.demand_figures(sorted({lot.project.occupation.code for lot in lots})) if demand else {}
    return [
        {
            "lot": lot,
            "project": lot.project,
            "where": where(lot.district),
            "levels": levels_label(lot.project.levels),
            "figure": figures.get((lot.project.occupation.code, lot.district)),
        }
        for lot in lots
    ]


def grade_shown(application: "Application", today: date) -> dict[str, str]:
    """This function will give the grade of who applies as the platform knows it: nobody declares it, and who has none is told so."""
    row = grade_row(application.body, today)
    if row is None:
        return {"label": "没有定级", "source": "按申报和核实的情况审核"}
    return {"label": Grade(row.grade).label, "source": f"平台定级{row.run}，{row.since}起，{row.until}失效，不需要申报"}


def condition_lines(application: "Application", today: date) -> list[dict[str, Any]]:
    """This function will give an application condition by condition: asked, declared, found, the finding, the files."""
    there = files_by_label(application.number, "")
    findings = {one["title"]: one for one in application.findings}
    lines = []
    for one in conditions_of(application.lot.call, today):
        entry = application.checked.get(one.key, {})
        rule_title = ""
        if one.tried_by is not None:
            rule_title = next((title for title in findings if findings[title]["rule"].endswith(f".{one.tried_by.__name__}")), "")
        lines.append(
            {
                "condition": one,
                "key": one.key,
                "demand": one.demand_on(rules_day(application.lot.call, today)),
                "declared": in_words(one, application.answers.get(one.key)),
                "found": in_words(one, entry.get("value")) if application.checked else "",
                "note": entry.get("note", ""),
                "finding": findings.get(rule_title),
                "files": there.get(one.proof, []),
            }
        )
    return lines


def files_by_label(case: str, view: str, remove_view: str = "") -> dict[str, list[dict[str, Any]]]:
    """This function will give a case's files by label; `view` and `remove_view` are the addresses that send and remove one."""
    found: dict[str, list[dict[str, Any]]] = {}
    for file in files.of_case(case).select_related("uploaded_by__person"):
        item = {
            "name": file.name,
            "number": file.number,
            "url": reverse(view, args=[case, file.number]) if view else "",
            "size": file.size,
            "at": file.uploaded_at,
            "who": file.uploaded_by.display_name if file.uploaded_by else "",
            "remove_url": reverse(remove_view, args=[case, file.number]) if remove_view else "",
        }
        found.setdefault(file.label, []).append(item)
    return found


def ranking_rules(call: "Call", today: date) -> dict[str, Any]:
    """This function will give how points are given in a call and how ties are broken, with the clause."""
    day = rules_day(call, today)
    return {"scales": SCALES.on(day).value, "ties": TIES.on(day).value, "ranking_clause": SCALES.on(day).clause}


def by_lot(rows: "Iterable[Application]") -> list[dict[str, Any]]:
    """This function will group applications by lot, as the ranking shows them."""
    groups: dict[int, dict[str, Any]] = {}
    for one in rows:
        group = groups.setdefault(one.lot_id, {"lot": one.lot, "project": one.lot.project, "where": where(one.lot.district), "rows": []})
        group["rows"].append(one)
    for group in groups.values():
        group["rows"].sort(key=lambda one: (one.rank is None, one.rank or 0, one.number))
    return list(groups.values())


def timeline(number: str) -> list[dict[str, Any]]:
    """This function will give what has happened to a project, call or application, the newest last."""
    return [
        {"what": event_words(line.event), "who": line.actor_label, "at": line.at, "opinion": line.reason or str(line.detail.get("note", ""))}
        for line in history(number)
        if line.event != "file.attached"
    ]


def selection_state(selection: "Selection", today: date) -> tuple[str, str]:
    """This function will say how a selection stands on a day: good, taken back, or run out."""
    if selection.ended_on is not None:
        return "已取消", "danger"
    return ("有效", "ok") if today < selection.until else ("已期满", "neutral")


def selections_shown(found: "Iterable[Selection]", today: date) -> list[dict[str, Any]]:
    """This function will give selections, each with its place, its last day and how it stands."""
    return [
        {
            "selection": one,
            "where": where(one.district),
            "last_day": one.until - timedelta(days=1),
            "label": selection_state(one, today)[0],
            "tone": selection_state(one, today)[1],
        }
        for one in found
    ]


def own_page(actor: Actor, page: str) -> str:
    """This function will name a page of the actor's own folder."""
    return f"{audience_of(actor)}:{page}"
