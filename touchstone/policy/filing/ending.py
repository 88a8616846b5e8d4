"""终止备案: on which grounds does a filing end, and what must be true?

`通知 三(四)3`: by the body's own wish (自愿), of itself (自动: an open, dated set of grounds), or by order (责令).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import add_months
from touchstone.kernel.rules import Finding, Outcome, met, rule, unmet
from touchstone.policy.documents import notice, our_default


class EndKind(StrEnum):
    """The three ways in which a filing ends."""

    VOLUNTARY = "voluntary"
    AUTOMATIC = "automatic"
    ORDERED = "ordered"

    @property
    def label(self) -> str:
        return {"voluntary": "自愿终止", "automatic": "自动终止", "ordered": "责令终止"}[self.value]


_SINCE = date(2024, 5, 1)
_END = notice("三(四)3")


def _default(key: str, meaning: str, value: int, unit: str) -> Dated[int]:
    return Dated(meaning, Value(_SINCE, value, our_default("终止备案")), key=f"ending.{key}", unit=unit, changeable=True)


CUSTODY_WITHIN = _default("custody_within", "终止后移交评价档案的期限", 20, "个工作日")
END_DECIDED_WITHIN = _default("end_decided_within", "自愿终止申请的办理期限", 5, "个工作日")
FINISH_WITHIN = _default("finish_within", "终止日前已编制的计划继续完成的期限", 60, "日")
CANARY_FLOOR = _default("canary_floor", "自动终止一次不需核准的件数", 5, "件")
CANARY_TIMES = _default("canary_times", "自动终止件数与预计件数之比的上限", 3, "倍")
CANARY_PERCENT = _default("canary_percent", "自动终止件数占核查件数的上限", 5, "%")


@dataclass(frozen=True)
class LineFacts:
    """One line of a filing's scope: since when it can no longer be filed, by when an amendment was due, and whether one was asked for."""

    key: str
    title: str
    lost_on: date | None = None
    lost_because: str = ""
    amend_by: date | None = None
    amendment_asked_on: date | None = None


@dataclass(frozen=True)
class FilingFacts:
    """One filing, as far as its end goes: its last day's morrow, what was asked for, whether its body still is, and its lines in force."""

    key: str
    until: date
    renewal_asked_on: date | None = None
    renewal_undecided: bool = False
    gone_on: date | None = None
    gone_because: str = ""
    end_asked_on: date | None = None
    lines: tuple[LineFacts, ...] = ()


@rule("可以申请自该日起终止备案")
def may_ask_end(wanted_on: date, until: date | None, day: date) -> Finding:
    """Whether a body may ask on `day` for its filing to end on the day wanted: not in the past, and before the term runs out by itself."""
    clause = our_default("自愿终止")
    if wanted_on < day:
        return unmet(f"希望终止的日期{wanted_on}早于申请之日，不能追溯终止", clause)
    if until is not None and wanted_on >= until:
        return unmet(f"备案于{until}期满，希望终止的日期应在期满之前", clause)
    return met(f"自{wanted_on}起终止", clause)


@rule("机构主动提出不再开展认定")
def ended_by_wish(asked_on: date | None, wanted_on: date, day: date) -> Finding:
    """Whether the body itself asked to end, and the day it wanted has come."""
    if asked_on is None:
        return unmet("机构没有提出终止", _END)
    if day < wanted_on:
        return unmet(f"机构提出自{wanted_on}起终止，该日尚未到", _END)
    return met(f"机构于{asked_on}主动提出自{wanted_on}起不再开展认定", _END)


@rule("期满前三个月内未书面申请续期")
def not_renewed(facts: FilingFacts, day: date) -> Finding:
    """Whether the term ran out and no renewal had been asked for before; the day that counts is the day of expiry."""
    if day < facts.until:
        return unmet(f"备案至{facts.until}前有效", _END)
    if facts.renewal_asked_on is not None and facts.renewal_asked_on < facts.until:
        return unmet(f"已于{facts.renewal_asked_on}书面申请续期", _END)
    return met(f"备案于{facts.until}期满，期满前未书面申请续期", _END)


@rule("申请续期而未获准，备案已期满")
def renewal_not_granted(facts: FilingFacts, day: date) -> Finding:
    """Whether the term ran out though renewal was asked for in time: while that is undecided, the filing stays in force."""
    clause = our_default("续期未获准")
    if day < facts.until or facts.renewal_asked_on is None or facts.renewal_asked_on >= facts.until:
        return unmet("没有期满而续期未获准的情形", clause)
    if facts.renewal_undecided:
        return unmet("续期申请尚未决定，备案继续有效", clause)
    return met(f"续期申请未获准，备案于{facts.until}期满", clause)


@rule("机构破产、关闭、注销等而未申请终止")
def body_gone(facts: FilingFacts, day: date) -> Finding:
    """Whether the body ceased to be without having asked for the end of its filing."""
    if facts.gone_on is None or day < facts.gone_on:
        return unmet("机构存续", _END)
    if facts.end_asked_on is not None and facts.end_asked_on <= facts.gone_on:
        return unmet(f"机构已于{facts.end_asked_on}自愿申请终止", _END)
    return met(f"机构自{facts.gone_on}起{facts.gone_because or '主体灭失'}，未申请终止", _END)


@rule("职业等级不能继续评价而未申请变更")
def line_lost(facts: LineFacts, day: date) -> Finding:
    """Whether a line's occupation or level is no longer open for filing and no amendment was asked for within the time given."""
    if facts.lost_on is None or day < facts.lost_on:
        return unmet(f"{facts.title}仍可备案", _END)
    if facts.amendment_asked_on is not None and (facts.amend_by is None or facts.amendment_asked_on <= facts.amend_by):
        return unmet(f"{facts.title}已于{facts.amendment_asked_on}申请变更", _END)
    if facts.amend_by is not None and day <= facts.amend_by:
        return unmet(f"{facts.title}可在{facts.amend_by}前申请变更", _END)
    return met(f"{facts.title}自{facts.lost_on}起{facts.lost_because or '不能继续评价'}，期限内未申请变更", _END)


@dataclass(frozen=True)
class Ground:
    """One ground (情形) of 自动终止. `turns` are the days on which its rule may change its mind; `avert` is what would prevent it."""

    key: str
    title: str
    rule: Callable[[Any, date], Finding]
    whole: bool
    turns: Callable[[Any], tuple[date | None, ...]]
    avert: str


def _after(day: date | None) -> date | None:
    return day + timedelta(days=1) if day else None


GROUNDS: Dated[tuple[Ground, ...]] = Dated(
    "自动终止备案的情形",
    Value(
        _SINCE,
        (
            Ground("not_renewed", "期满未申请续期", not_renewed, True, lambda f: (f.until,), "在期满前书面申请续期"),
            Ground("renewal_not_granted", "续期未获准", renewal_not_granted, True, lambda f: (f.until,), "在期满前重新申请续期并获准"),
            Ground("body_gone", "机构破产、关闭、注销等", body_gone, True, lambda f: (f.gone_on,), "主体恢复存续，或由机构自愿申请终止"),
            Ground("line_lost", "职业等级不能继续评价", line_lost, False, lambda f: (f.lost_on, _after(f.amend_by)), "在期限内申请变更备案"),
        ),
        _END,
    ),
    key="ending.grounds",
)


@dataclass(frozen=True)
class Ending:
    """What ends on a day: a filing (`line` empty), or one line of it; by which ground, why, and what would prevent it."""

    filing: str
    line: str
    ground: str
    day: date
    why: Finding
    avert: str


def endings(facts: FilingFacts, day: date, grounds: Sequence[Ground] | None = None) -> tuple[Ending, ...]:
    """This function will give what the grounds of `day` end: the whole filing by the first that holds, or else single lines.

    When every line is lost, each is named; the filing ends with the last.
    """
    rules = GROUNDS.on(day).value if grounds is None else grounds
    for ground in (one for one in rules if one.whole):
        found = ground.rule(facts, day)
        if found.outcome is Outcome.MET:
            return (Ending(facts.key, "", ground.key, day, found, ground.avert),)
    lines = ((line, ground) for line in facts.lines for ground in rules if not ground.whole)
    ended: dict[str, Ending] = {}
    for line, ground in lines:
        found = ground.rule(line, day)
        if found.outcome is Outcome.MET:
            ended.setdefault(line.key, Ending(facts.key, line.key, ground.key, day, found, ground.avert))
    return tuple(ended.values())


def forecast(facts: FilingFacts, day: date, months: int = 12) -> tuple[Ending, ...]:
    """This function will give what will end, and when, in the months after `day` if nothing is done; each thing once, on its first day."""
    rules, last = GROUNDS.on(day).value, add_months(day, months)
    turns = {turn for one in rules for thing in ((facts,) if one.whole else facts.lines) for turn in one.turns(thing) if turn}
    seen: dict[str, Ending] = {}
    for turn in sorted({max(turn, day) for turn in turns if turn <= last}):
        for ending in endings(facts, turn):
            seen.setdefault(ending.line, ending)
        if "" in seen:
            break
    return tuple(seen.values())


@rule("自动终止件数与预计相称")
def canary(foreseen: int, selected: int, examined: int, day: date) -> Finding:
    """Whether a run may go on: it found some where some were foreseen, and not far more than foreseen or than usual."""
    floor, clause = CANARY_FLOOR.on(day).value, CANARY_FLOOR.on(day).clause
    if foreseen and not selected:
        return unmet(f"预计{foreseen}件，认定0件", clause)
    most = max(floor, CANARY_TIMES.on(day).value * foreseen)
    if selected > most:
        return unmet(f"认定{selected}件，预计{foreseen}件，超过上限{most}件", clause)
    percent = CANARY_PERCENT.on(day).value
    if selected > floor and selected * 100 > examined * percent:
        return unmet(f"认定{selected}件，超过核查{examined}件的{percent}%", clause)
    return met(f"认定{selected}件，预计{foreseen}件", clause)


@rule("终止日前的计划可以继续完成")
def may_finish(drafted_on: date, held_on: date, ended_on: date) -> Finding:
    """Whether a plan drafted while the filing was in force may still be held after its end, within the time given."""
    given = FINISH_WITHIN.on(ended_on)
    if drafted_on >= ended_on:
        return unmet(f"备案已于{ended_on}终止，不能再编制计划", _END)
    last = ended_on + timedelta(days=given.value)
    if held_on > last:
        return unmet(f"应在{last}前完成，逾期应转由其他机构评价", given.clause)
    return met(f"计划编制于终止日{ended_on}之前，可以继续完成", given.clause)


@rule("机构可以自行完成终止日前的计划")
def may_finish_itself(kind: EndKind, gone_on: date | None, ended_on: date, day: date) -> Finding:
    """Whether the body may itself finish what it began: not one ordered to end, nor one that has ceased to be."""
    clause = our_default("终止后未完成的计划")
    if kind is EndKind.ORDERED:
        return unmet("备案被责令终止，尚未考试的计划转由其他机构评价", clause)
    if gone_on is not None and gone_on <= day:
        return unmet(f"机构自{gone_on}起主体灭失，未完成的计划转由其他机构评价", clause)
    return met(f"备案于{ended_on}终止，此前编制的计划可以由机构继续完成", clause)


@rule("撤销终止后考生转回原机构")
def comes_back(acted: str, held_on: date, day: date) -> Finding:
    """Whether a candidate whom another body took over comes back when the end is undone.

    Not when that body has acted (`acted` says how), nor when the day of the former exam has passed, which would leave him without one.
    """
    clause = our_default("撤销终止后的考生")
    if acted:
        return unmet(f"接收机构{acted}，留在接收机构", clause)
    if held_on <= day:
        return unmet(f"原计划的考试日{held_on}已过，留在接收机构参加考试", clause)
    return met("接收机构尚未办理，转回原机构的计划", clause)


@rule("终止前核发的证书继续有效")
def certificate_stands(examined_on: date, since: date, ended_on: date, finishing: bool) -> Finding:
    """Whether a certificate rests on an evaluation held in force (or finished under `may_finish`); the body answers for it all the same."""
    if since <= examined_on < ended_on or finishing:
        return met("备案终止不影响该证书；机构对已发证书和违规后果继续承担责任", _END)
    return unmet(f"{examined_on}的评价不在备案有效期内", _END)
