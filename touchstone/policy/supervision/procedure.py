"""办案程序: which steps must be closed before a decision about a body can be sealed, and is each of them?

`通知 三(四)1` asks that process, decision and evidence be kept. The steps are ours, after the manner of administrative penalties: two officers,
listed evidence, notice, statement, a hearing for whoever asks, a lawyer's look and a joint discussion at what weighs most, remedies told.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Calendar, add_years
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.supervision.acts import SINCE
from touchstone.policy.supervision.ladder import Measure

KEPT, OURS = notice("三(四)1"), our_default("机构案件办理程序")


def _number(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(SINCE, value, OURS), key=f"supervision.{key}", unit=unit, changeable=True)


OFFICERS = _number("officers", "现场检查和办理机构案件的最少人数", 2, "人")
HEARD_WITHIN = _number("heard_within", "告知书送达后可以陈述申辩的时间", 5, "个工作日")
HEARING_ASKED_WITHIN = _number("hearing_asked_within", "告知书送达后可以要求听证的时间", 5, "个工作日")
HEARING_TOLD_BEFORE = _number("hearing_told_before", "听证通知应在听证前至少几日送达", 7, "日")
DISCUSSED_BY = _number("discussed_by", "集体讨论的负责人人数", 3, "人")
TOO_OLD_AFTER = _number("too_old_after", "违纪违规终了后多久未发现的不再处理", 2, "年")


class Step(StrEnum):
    """One step of a case about a body."""

    TWO_OFFICERS = "two_officers"
    EVIDENCE = "evidence"
    NOTICE = "notice"
    STATEMENT = "statement"
    HEARING = "hearing"
    LAWYER = "lawyer"
    DISCUSSION = "discussion"
    ANOTHER_DECIDES = "another_decides"
    REMEDIES = "remedies"

    @property
    def label(self) -> str:
        return {
            "two_officers": "两人办理",
            "evidence": "证据列明",
            "notice": "告知",
            "statement": "陈述申辩",
            "hearing": "听证",
            "lawyer": "法制审核",
            "discussion": "集体讨论",
            "another_decides": "办案和决定分开",
            "remedies": "告知救济",
        }[self.value]


_ORDINARY = (Step.TWO_OFFICERS, Step.EVIDENCE, Step.NOTICE, Step.STATEMENT, Step.ANOTHER_DECIDES, Step.REMEDIES)
_MILD = (Step.TWO_OFFICERS, Step.EVIDENCE, Step.ANOTHER_DECIDES, Step.REMEDIES)
STEPS: Dated[Mapping[Measure, tuple[Step, ...]]] = Dated(
    "作出各项处理前必须完成的程序",
    Value(
        SINCE,
        {
            Measure.AT_ONCE: (),
            Measure.SUMMONS: _MILD,
            Measure.ORDER: _ORDINARY,
            Measure.WARNING: _ORDINARY,
            Measure.RECTIFY: _ORDINARY,
            Measure.SUSPEND: (*_ORDINARY, Step.HEARING, Step.LAWYER),
            Measure.TERMINATE: (*_ORDINARY, Step.HEARING, Step.LAWYER, Step.DISCUSSION),
            Measure.HAND_OVER: (Step.TWO_OFFICERS, Step.EVIDENCE, Step.ANOTHER_DECIDES),
            Measure.REVOKE: (Step.TWO_OFFICERS, Step.EVIDENCE, Step.ANOTHER_DECIDES),
        },
        OURS,
    ),
    key="supervision.steps",
)


@dataclass(frozen=True)
class CaseFacts:
    """A case as far as its procedure goes. People are keys. `notified_on` is the day the notice was served; `hearing_told_on` when the hearing's day
    was served; `evidence` counts pieces, `unlisted` those without origin, taker and hash."""

    acted_on: date
    found_on: date
    officers: frozenset[int] = frozenset()
    evidence: int = 0
    unlisted: int = 0
    notified_on: date | None = None
    said: bool = False
    waived: bool = False
    statement_answered: bool = False
    hearing_asked_on: date | None = None
    hearing_told_on: date | None = None
    hearing_held_on: date | None = None
    hearing_led_by: int | None = None
    lawyer: int | None = None
    discussed_by: frozenset[int] = frozenset()
    decides: int | None = None
    remedies_told: bool = False
    cleared_on: date | None = None


@rule("由两名以上检查人员办理")
def two_officers_handle(case: CaseFacts, day: date) -> Finding:
    """Whether as many officers as laid down handle the case."""
    needed = OFFICERS.on(case.found_on)
    if len(case.officers) < needed.value:
        return unmet(f"办理人{len(case.officers)}人，应不少于{needed.value}人", needed.clause)
    return met(f"办理人{len(case.officers)}人", needed.clause)


@rule("证据已逐件列明来源")
def evidence_is_listed(case: CaseFacts, day: date) -> Finding:
    """Whether there is evidence and every piece says where it came from, who took it, and has its hash."""
    if not case.evidence:
        return unproven("案卷没有证据", KEPT, ask_for="证据和证据清单")
    if case.unlisted:
        return unproven(f"{case.evidence}件证据中有{case.unlisted}件没有写明来源、取证人或者没有固定", KEPT, ask_for="证据清单的缺项")
    return met(f"证据{case.evidence}件，均已列明", KEPT)


@rule("告知书已送达")
def body_was_notified(case: CaseFacts, day: date) -> Finding:
    """Whether the body was served with what is about to be found and decided, and with its rights."""
    if case.notified_on is None or case.notified_on > day:
        return unmet("还没有送达告知书（拟认定的事实、理由、依据、拟作处理和机构的权利）", OURS)
    return met(f"告知书于{case.notified_on}送达", OURS)


@rule("已听取机构的陈述申辩")
def body_was_heard_out(case: CaseFacts, day: date, calendar: Calendar) -> Finding:
    """Whether the body has spoken and was answered, has given it up, or has let the time go by."""
    if case.notified_on is None:
        return unmet("告知书尚未送达，陈述申辩期没有开始", OURS)
    within = HEARD_WITHIN.on(case.notified_on)
    last = calendar.add_working_days(case.notified_on, within.value)
    if case.said and not case.statement_answered:
        return unmet("机构已陈述申辩，没有写明是否采纳和理由", within.clause)
    if case.said:
        return met("机构已陈述申辩，复核意见在案", within.clause)
    if case.waived:
        return met("机构书面放弃陈述申辩", within.clause)
    if day <= last:
        return unmet(f"陈述申辩期到{last}为止，尚未届满", within.clause)
    return met(f"陈述申辩期已于{last}届满，机构没有陈述", within.clause)


@rule("要求听证的已经听证")
def hearing_was_held(case: CaseFacts, day: date, calendar: Calendar) -> Finding:
    """Whether a body that asked in time was heard, told early enough, by somebody who does not handle the case; or the time to ask is over."""
    if case.notified_on is None:
        return unmet("告知书尚未送达，没有告知听证的权利", OURS)
    last = calendar.add_working_days(case.notified_on, HEARING_ASKED_WITHIN.on(case.notified_on).value)
    if case.hearing_asked_on is None or case.hearing_asked_on > last:
        if day <= last and not case.waived:
            return unmet(f"可以要求听证到{last}为止，尚未届满", OURS)
        return met("机构没有在期限内要求听证", OURS)
    before = HEARING_TOLD_BEFORE.on(case.hearing_asked_on)
    if case.hearing_held_on is None or case.hearing_held_on > day:
        return unmet(f"机构于{case.hearing_asked_on}要求听证，尚未举行", OURS)
    if case.hearing_told_on is None or (case.hearing_held_on - case.hearing_told_on).days < before.value:
        return unmet(f"听证通知应在听证前{before.value}日送达", before.clause)
    if case.hearing_led_by is None or case.hearing_led_by in case.officers:
        return unmet("听证应由不办理本案的人主持", OURS)
    return met(f"于{case.hearing_held_on}举行听证", OURS)


@rule("已经法制审核")
def lawyer_has_looked(case: CaseFacts, day: date) -> Finding:
    """Whether somebody who does not handle the case has examined its lawfulness."""
    if case.lawyer is None:
        return unmet("没有法制审核意见", OURS)
    return unmet("法制审核人办理本案，应由另一人审核", OURS) if case.lawyer in case.officers else met("已经法制审核", OURS)


@rule("已经集体讨论")
def was_discussed(case: CaseFacts, day: date) -> Finding:
    """Whether those in charge have discussed the heaviest decision together."""
    needed = DISCUSSED_BY.on(case.found_on)
    if len(case.discussed_by) < needed.value:
        return unmet(f"参加集体讨论{len(case.discussed_by)}人，应不少于{needed.value}人", needed.clause)
    return met(f"{len(case.discussed_by)}人集体讨论", needed.clause)


@rule("办案人不作决定")
def another_decides_case(case: CaseFacts, day: date) -> Finding:
    """Whether somebody decides who does not handle the case."""
    if case.decides is None:
        return unmet("还没有审批人", OURS)
    return unmet("审批人办理本案，应由另一人决定", OURS) if case.decides in case.officers else met("办案和决定为不同的人", OURS)


@rule("决定书写明救济途径")
def remedies_are_told(case: CaseFacts, day: date) -> Finding:
    """Whether the letter says where and by when one may turn against it."""
    return met("已写明申诉、复议、诉讼的途径和期限", OURS) if case.remedies_told else unmet("决定书没有写明救济途径和期限", OURS)


@rule("没有认定不成立，也没有过时限")
def case_is_alive(case: CaseFacts, day: date) -> Finding:
    """Whether a case may still end in measures: not once the body was cleared of it, nor when it came to light too late."""
    if case.cleared_on is not None:
        return unmet(f"已于{case.cleared_on}认定不成立，不得再作处理；有新的事实须另行立案", KEPT)
    years = TOO_OLD_AFTER.on(case.found_on)
    if case.found_on > add_years(case.acted_on, years.value):
        return unmet(f"行为终了于{case.acted_on}，{years.value}年后才发现", years.clause)
    return met("案件可以作出处理", KEPT)


_CHECKED: Mapping[Step, Callable[[CaseFacts, date, Calendar], Finding]] = {
    Step.TWO_OFFICERS: lambda case, day, calendar: two_officers_handle(case, day),
    Step.EVIDENCE: lambda case, day, calendar: evidence_is_listed(case, day),
    Step.NOTICE: lambda case, day, calendar: body_was_notified(case, day),
    Step.STATEMENT: body_was_heard_out,
    Step.HEARING: hearing_was_held,
    Step.LAWYER: lambda case, day, calendar: lawyer_has_looked(case, day),
    Step.DISCUSSION: lambda case, day, calendar: was_discussed(case, day),
    Step.ANOTHER_DECIDES: lambda case, day, calendar: another_decides_case(case, day),
    Step.REMEDIES: lambda case, day, calendar: remedies_are_told(case, day),
}


def steps_for(measures: Collection[Measure], day: date) -> tuple[Step, ...]:
    """This function will give every step that any of these measures asks for, in order."""
    wanted = {step for measure in measures for step in STEPS.on(day).value[measure]}
    return tuple(step for step in Step if step in wanted)


def before_sealing(case: CaseFacts, measures: Collection[Measure], day: date, calendar: Calendar) -> tuple[Finding, ...]:
    """This function will check every step that must be closed before a decision with these measures is sealed; all must be met."""
    return case_is_alive(case, day), *(_CHECKED[step](case, day, calendar) for step in steps_for(measures, day))
