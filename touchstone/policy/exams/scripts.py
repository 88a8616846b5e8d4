"""机考: when may a script be begun at the computer, which answers still count, and when do two markers agree?

The notice asks that the whole evaluation be on record (三(二)4) and leaves the details of an exam at the computer open: they are our defaults.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default
from touchstone.policy.exams.parts import Part, plain_mark

_SINCE = date(2018, 1, 1)
_RECORD, _SECRET = notice("三(二)4"), notice("三(二)3")
_OURS, MARKING = our_default("计算机考试"), our_default("理论评卷")

SAVE_EVERY = Dated("机考作答最迟多久自动保存一次", Value(_SINCE, 15, _OURS), key="exams.script_save_every", unit="秒", changeable=True)
GRACE = Dated("截止前作出、途中延误的作答最迟多久以内仍可收到", Value(_SINCE, 60, _OURS), key="exams.script_grace", unit="秒", changeable=True)
LOST_AFTER = Dated("机考多久没有保存即提示监考人员", Value(_SINCE, 45, _OURS), key="exams.script_lost_after", unit="秒", changeable=True)
EXTRA_MOST = Dated("因故延长一名考生考试时间的上限", Value(_SINCE, 60, _OURS), key="exams.script_extra_most", unit="分钟", changeable=True)
ANSWER_LONGEST = Dated("机考一道主观题作答的最大字数", Value(_SINCE, 5000, _OURS), key="exams.script_answer_longest", unit="字", changeable=True)
MARKS_APART = Dated(
    "两名评卷人给分相差超过该题分值多少时由第三人评定", Value(_SINCE, 20, MARKING), key="exams.marks_apart", unit="%", changeable=True
)


SEAT_TRIES = Dated("机考进入时连续填错几次后须等待", Value(_SINCE, 10, _OURS), key="exams.seat_tries", unit="次", changeable=True)
SEAT_WAIT = Dated("机考进入填错过多的等待时间", Value(_SINCE, 5, _OURS), key="exams.seat_wait", unit="分钟", changeable=True)


@dataclass(frozen=True)
class AtTheSeat:
    """Someone who sits down to begin: is the sitting open, did they sign in, when does it last, was its paper opened?"""

    sitting_open: bool
    signed_in: bool
    starts_at: datetime
    ends_at: datetime
    paper_opened: bool


@rule("可以开始作答")
def may_begin(seat: AtTheSeat, at: datetime) -> Finding:
    """Whether a script may be begun now: not before the hour, in an open sitting, by one who signed in, from a paper that was opened."""
    if at >= seat.ends_at:
        return unmet("本场考试时间已经结束", _RECORD)
    if at < seat.starts_at:
        return unmet(f"本场考试{seat.starts_at:%H:%M}开始，现在{at:%H:%M}", _RECORD)
    if not seat.sitting_open:
        return unmet("本场考试还没有开考", _RECORD)
    if not seat.signed_in:
        return unmet("您在本场考试还没有签到", _RECORD)
    if not seat.paper_opened:
        return unmet("本场试卷还没有启封", _SECRET)
    return met("考试进行中，已签到，试卷已启封", _RECORD)


@rule("机考进入没有连续填错过多")
def may_try_again(wrong: int, day: date) -> Finding:
    """Whether ticket, digits and code may be tried once more, after so many wrong tries with one ticket within the time to wait."""
    most = SEAT_TRIES.on(day)
    if wrong >= most.value:
        return unmet(f"这个准考证号在{SEAT_WAIT.on(day).value}分钟内已填错{wrong}次", most.clause)
    return met(f"填错{wrong}次，可以再试", most.clause)


@rule("到考而没有开始机考的按零分")
def never_begun_counts_nought(present: bool, begun: bool) -> Finding:
    """Whether somebody who signed in to a sitting at the computer has begun their script; whoever has not is worth nought there (ours)."""
    if not present:
        return met("缺考，不计分", _OURS)
    if not begun:
        return unmet("已签到，没有开始作答，按0分登记", _OURS)
    return met("已开始作答", _OURS)


@rule("作答在规定时间以内")
def answered_in_time(said_at: datetime, ends_at: datetime, at: datetime, day: date) -> Finding:
    """Whether an answer counts: made before the end (by the clock the server gave the browser), and here before the grace is over."""
    grace = GRACE.on(day)
    if at <= ends_at:
        return met("在考试时间以内收到", _RECORD)
    if said_at > ends_at:
        return unmet(f"考试已在{ends_at:%H:%M:%S}结束，之后的作答不计", _RECORD)
    if at > ends_at + timedelta(seconds=grace.value):
        return unmet(f"作答在{at:%H:%M:%S}才收到，晚于结束后{grace.value}秒", grace.clause)
    return met(f"在结束前作出，结束后{grace.value}秒以内收到", grace.clause)


@rule("试卷可以用于本场机考")
def paper_serves(part: str, level: int, standard: str, paper_part: str, paper_level: int, paper_standard: str) -> Finding:
    """Whether a paper is of the sitting's part, level and standard."""
    if (part, level, standard) != (paper_part, paper_level, paper_standard):
        return unmet(f"试卷为{paper_standard}的{paper_level}级{Part(paper_part).label}，本场为{standard}的{level}级{Part(part).label}", _SECRET)
    return met(f"试卷与本场的标准、等级、科目一致（{standard}，{level}级）", _SECRET)


@rule("两名评卷人的给分相近")
def marks_agree(first: Decimal, second: Decimal, points: Decimal, day: date) -> Finding:
    """Whether two markers' points for one answer lie near enough; their mean then counts, otherwise a third marker decides."""
    most = MARKS_APART.on(day)
    apart = abs(first - second)
    if apart * 100 > points * most.value:
        return unmet(f"两人给分{plain_mark(first)}与{plain_mark(second)}，相差超过该题{plain_mark(points)}分的{most.value}%", most.clause)
    return met(f"两人给分{plain_mark(first)}与{plain_mark(second)}，取平均", most.clause)


def form_of(on_the_seat: str, seat_number: int, letters: tuple[str, ...]) -> str:
    """This function will give the form for a seat: the one laid on it where the paper has it; else by number, so that neighbours differ."""
    return on_the_seat if on_the_seat in letters else letters[(seat_number - 1) % len(letters)]
