"""案件来源: from what may a case be opened, what does that say to begin with, and who is told what came of it?

Every kind stands in `ORIGINS`, once; the address of a new case names it as `<kind>:<number>`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.enforcement.models import Case
from touchstone.enforcement.states import LAW
from touchstone.inspections.queries import results
from touchstone.kernel.law import Refusal
from touchstone.monitoring import queries as monitoring
from touchstone.monitoring.operations import lead_on
from touchstone.monitoring.permissions import may_lead_on
from touchstone.revocations import queries as revocations

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


@dataclass(frozen=True)
class Found:
    """What a case may begin with: about whom, what was found, on which day it came to light, which acts it suggests, which certificates; `held`
    is the row as it stands, kept as evidence."""

    title: str
    body: "Body | None"
    facts: str
    found_on: date
    taken_by: str
    acts: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    party_name: str = ""
    held: Mapping[str, Any] = field(default_factory=dict)


def _nothing(number: str, case: str, by: Actor, at: datetime) -> None:
    """Most origins need not be told."""


def _no_result(number: str, upheld: bool, reason: str, by: Actor, at: datetime) -> None:
    """Most origins need not be told."""


@dataclass(frozen=True)
class Origin:
    """One kind of thing a case is opened from: its name, how it is found (as the actor may see it), and how it learns of the case and of its end."""

    label: str
    find: Callable[[str, Actor], Found]
    opened: Callable[[str, str, Actor, datetime], None] = _nothing
    ended: Callable[[str, bool, str, Actor, datetime], None] = _no_result


def _visit(number: str, actor: Actor) -> Found:
    task = results().filter(number=number).first()
    if task is None or task.confirmed_at is None:
        raise Refusal(f"没有编号为{number}、结果已经确认的检查。", LAW, "请核对检查编号；结果尚未确认的，请先由另一名检查人员确认。")
    acts = ("refuses_inspection",) if task.outcome == "obstructed" else ()
    held = {"number": number, "body": task.body.number, "outcome": task.outcome, "words": task.words, "visit_on": task.visit_on.isoformat()}
    return Found(
        f"双随机检查{number}：{task.get_outcome_display()}", task.body, task.words, task.visit_on, task.draw.plan.office.name, acts, held=held
    )


def _alert(number: str, actor: Actor) -> Found:
    alert = monitoring.alert(number, actor)
    concerned = monitoring.concerned(alert, actor)
    body = concerned[0].body if len(concerned) == 1 else None
    held = {"number": number, "rule": alert.rule, "told": alert.told, "reason": alert.reason, "bodies": [one.body.number for one in concerned]}
    found_on = localtime(alert.raised_at).date()
    certificates = tuple(monitoring.certificates_behind(alert))
    return Found(f"预警{number}：{alert.title}", body, f"{alert.told}{alert.reason}", found_on, alert.owner.name, (), certificates, held=held)


def _alert_led_on(number: str, case: str, by: Actor, at: datetime) -> None:
    if may_lead_on(by, monitoring.alert(number, by)):
        lead_on(number=number, case=case, by=by.with_key(""), at=at)


def _revocation(number: str, actor: Actor) -> Found:
    found = revocations.case(number, actor)
    rows = list(revocations.rows_of(found, actor).select_related("body"))
    bodies = {one.body_id: one.body for one in rows}
    acts = {"out_of_scope": ("out_of_scope_data",), "wrong": ("wrong_data_kept",)}.get(found.cause, ())
    certificates = tuple(one.certificate_number for one in rows)
    held = {"number": number, "cause": found.cause, "reason": found.reason, "state": found.state, "certificates": list(certificates)}
    body = next(iter(bodies.values())) if len(bodies) == 1 else None
    found_on = localtime(found.opened_at).date()
    return Found(f"证书撤销案件{number}", body, found.reason, found_on, found.office.name, acts, certificates, held=held)


def _case(number: str, actor: Actor) -> Found:
    found = Case.objects.visible_to(actor).select_related("body", "office").filter(number=number).first()
    if found is None:
        raise Refusal(f"没有案件{number}，或者它不归您查看。", LAW, "请从“机构案件”列表中打开。")
    failed = found.measures.filter(state="failed").order_by("id").first()
    acts = ("refuses_correction" if failed.measure == "rectify" else "not_rectified",) if failed is not None else ()
    held = {"number": number, "state": found.state, "decision": list(found.decision), "sha256": found.sha256}
    words = f"案件{number}决定{failed.get_measure_display()}，期限至{failed.due_on}，逾期没有改正。" if failed else ""
    since = failed.due_on if failed and failed.due_on else found.found_on
    return Found(f"机构案件{number}", found.body, words, since, found.office.name, acts, held=held)


ORIGINS: dict[str, Origin] = {
    "visit": Origin("双随机检查", _visit),
    "alert": Origin("比对预警", _alert, opened=_alert_led_on),
    "revocation": Origin("证书撤销案件", _revocation),
    "case": Origin("逾期没有改正的案件", _case),
}
"""Further kinds (`records`, `lead`, `unfiled`, `watch`) are added here, with the apps that keep them."""


def origin_of(kind: str) -> Origin:
    """This function will give a kind of origin. :raises Refusal: for one that is not known."""
    if kind not in ORIGINS:
        raise Refusal("不认识这种来源。", LAW, "请从检查、预警、撤销案件的页面立案，或者直接填写事实。")
    return ORIGINS[kind]


def found_at(source: str, actor: Actor) -> tuple[str, str, Found]:
    """This function will read `<kind>:<number>` of an address and give kind, number, and what is found there. :raises Refusal: :raises NotAllowed:"""
    kind, _, number = source.partition(":")
    return kind, number, origin_of(kind).find(number, actor)
