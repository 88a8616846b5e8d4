"""案件来源: from what may a case be opened, what does that say to begin with, and who is told what came of it?

Every kind stands in `ORIGINS`, once; the address of a new case names it as `<kind>:<number>`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.bodies.permissions import check_may_see
from touchstone.bodies.queries.grades import failed_years
from touchstone.complaints import queries as complaints
from touchstone.complaints.operations import answering as lead_case
from touchstone.complaints.operations import lead_evaluator_on
from touchstone.enforcement.models import Case
from touchstone.enforcement.states import LAW, State
from touchstone.inspections.operations import take_up
from touchstone.inspections.queries import cameras, records, visiting
from touchstone.kernel.law import Refusal
from touchstone.monitoring import queries as monitoring
from touchstone.monitoring.operations import lead_on
from touchstone.monitoring.permissions import may_lead_on
from touchstone.policy.inspections import VisitOutcome
from touchstone.revocations import queries as revocations
from touchstone.tasks.operations import close_tasks

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
    found = visiting.visit(number, actor)
    if found.sealed_at is None:
        raise Refusal(f"检查{number}的记录还没有封存。", LAW, "请先由检查人员填写完毕、双方签字并封存。")
    problems = list(visiting.findings_for_case(number))
    obstructed = found.outcome == VisitOutcome.OBSTRUCTED
    if not problems and not obstructed:
        raise Refusal(f"检查{number}没有建议立案的问题。", LAW, "请先在检查页面写明建议立案的理由；轻微的要求立行立改。")
    acts = ("refuses_inspection",) if obstructed else tuple(dict.fromkeys(act for one in problems for act in one.acts[:1]))
    facts = found.words if obstructed else "\n".join(f"{one.question}：不符合。{one.note}" for one in problems)
    told = [{"check": one.check_key, "question": one.question, "note": one.note, "opinion": one.opinion} for one in problems]
    held = {"number": number, "body": found.body.number, "outcome": found.outcome, "record": found.record_sha256, "problems": told}
    title = f"检查{number}：{found.get_outcome_display()}"
    return Found(title, found.body, facts, found.visit_on, found.office.name, acts, held=held)


def _visit_led_on(number: str, case: str, by: Actor, at: datetime) -> None:
    for one in visiting.findings_for_case(number).filter(case_number=""):
        take_up(problem=one.pk, case=case, by=PLATFORM, at=at)


def _lead(number: str, actor: Actor) -> Found:
    complaints.lead(number, actor)
    told = complaints.facts_for_case(number)
    held = {"number": number, "verdict": told.verdict, "conclusion": told.conclusion, "records": list(told.records), "place": told.place}
    return Found(f"线索{number}", told.body, told.facts, told.found_on, told.office.name, party_name=told.name, held=held)


def _lead_led_on(number: str, case: str, by: Actor, at: datetime) -> None:
    lead_case.lead_on(number=number, case=case, by=PLATFORM, at=at)


def _lead_told(number: str, upheld: bool, reason: str, by: Actor, at: datetime) -> None:
    case = Case.objects.filter(from_kind="lead", from_number=number).exclude(state=State.REFUSED).latest("id")
    lead_case.note_case_result(number=number, case=case.number, upheld=upheld, words=reason, by=PLATFORM, at=at)


def _unfiled(number: str, actor: Actor) -> Found:
    complaints.evaluator(number, actor)
    told = complaints.facts_for_unfiled_case(number)
    held = {"number": number, "conclusion": told.conclusion, "register": list(told.records), "place": told.place}
    facts = f"{told.facts}（{told.conclusion}）"
    return Found(
        f"未经备案的评价{number}", told.body, facts, told.found_on, told.office.name, ("evaluates_unfiled",), party_name=told.name, held=held
    )


def _unfiled_led_on(number: str, case: str, by: Actor, at: datetime) -> None:
    lead_evaluator_on(number=number, case=case, by=PLATFORM, at=at)


def _records(number: str, actor: Actor) -> Found:
    called = records.call(number, actor)
    if called.overdue_at is None:
        raise Refusal(f"调取{number}没有逾期，不能据此立案。", LAW, "资料本身反映出问题的，请直接登记案件，并把资料列为证据。")
    held = {"number": number, "called_at": called.called_at.isoformat(), "due_on": called.due_on.isoformat(), "state": called.state}
    facts = f"{localtime(called.called_at).date()}调取资料（{called.purpose}），期限至{called.due_on}，逾期没有提供。"
    return Found(f"调取资料{number}", called.body, facts, localtime(called.overdue_at).date(), called.office.name, ("records_late",), held=held)


def _watch(number: str, actor: Actor) -> Found:
    seen = cameras.watch(number, actor)
    if seen.confirmed_at is None or not VisitOutcome(seen.outcome).found_something:
        raise Refusal(f"远程监控{number}没有确认发现问题，不能据此立案。", LAW, "请先由另一名检查人员确认监控结论。")
    wrong = [one.words for one in cameras.observations_of([seen]) if one.wrong]
    held = {"number": number, "sitting": seen.sitting.number, "outcome": seen.outcome, "words": seen.words, "observations": wrong}
    return Found(f"远程监控{number}", seen.body, seen.words, localtime(seen.confirmed_at).date(), seen.office.name, held=held)


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


def _assessment(number: str, actor: Actor) -> Found:
    failed = failed_years(number)
    if failed is None:
        raise Refusal(f"考核{number}没有连续两年不合格，不能据此立案。", LAW, "一年不合格的，限期整改；有其他情形的，请直接登记案件。")
    check_may_see(actor, failed.body)
    years = "、".join(str(year) for year in failed.years)
    facts = f"{years}年度考核连续不合格，{failed.years[-1]}年度考核（{number}）得分{failed.points:g}分，{failed.published_on}公布。"
    held = {"number": number, "body": failed.body.number, "years": failed.years, "points": failed.points, "day": failed.published_on.isoformat()}
    return Found(f"年度考核{number}", failed.body, facts, failed.published_on, failed.office.name, ("two_failed_years",), held=held)


def _assessment_led_on(number: str, case: str, by: Actor, at: datetime) -> None:
    close_tasks(case=number, matter="open_case", by=by, at=at, outcome=f"已立案{case}")


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
    "visit": Origin("监督检查", _visit, opened=_visit_led_on),
    "records": Origin("调取资料", _records),
    "watch": Origin("远程监控", _watch),
    "lead": Origin("投诉举报和线索", _lead, opened=_lead_led_on, ended=_lead_told),
    "unfiled": Origin("未经备案的评价", _unfiled, opened=_unfiled_led_on),
    "alert": Origin("比对预警", _alert, opened=_alert_led_on),
    "revocation": Origin("证书撤销案件", _revocation),
    "assessment": Origin("年度考核", _assessment, opened=_assessment_led_on),
    "case": Origin("逾期没有改正的案件", _case),
}


def origin_of(kind: str) -> Origin:
    """This function will give a kind of origin. :raises Refusal: for one that is not known."""
    if kind not in ORIGINS:
        raise Refusal("不认识这种来源。", LAW, "请从检查、线索、预警等页面立案，或者直接填写事实。")
    return ORIGINS[kind]


def found_at(source: str, actor: Actor) -> tuple[str, str, Found]:
    """This function will read `<kind>:<number>` of an address and give kind, number, and what is found there. :raises Refusal: :raises NotAllowed:"""
    kind, _, number = source.partition(":")
    return kind, number, origin_of(kind).find(number, actor)
