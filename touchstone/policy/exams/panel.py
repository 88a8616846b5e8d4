"""综合评审规则: which papers does a candidate hand in and by when, how is the defence held, and what does the panel conclude?

That levels 2 and 1 are reviewed by an odd panel of at least three, for at least so many minutes, is the 规程's. Which papers, by when, how many
questions and how the votes count is not written anywhere: ours, dated.
"""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.periods import Calendar
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import PASS_MARK, Part, least_minutes

_SINCE = date(2018, 1, 1)
_RECORD = notice("三(二)4")

PAPER_KINDS: Mapping[str, str] = {"thesis": "论文", "summary": "技术总结", "achievements": "业绩材料"}
PAPERS: Dated[Mapping[Level, tuple[tuple[str, ...], ...]]] = Dated(
    "综合评审应提交的材料（每一组至少一种）",
    Value(
        _SINCE,
        {Level.TWO: (("thesis", "summary"), ("achievements",)), Level.ONE: (("thesis",), ("achievements",))},
        our_default("综合评审材料"),
    ),
    key="exams.panel_papers",
)
PAPERS_BEFORE = Dated(
    "综合评审材料应在考试前至少几个工作日提交",
    Value(_SINCE, 5, our_default("综合评审材料期限")),
    key="exams.panel_papers_before",
    unit="个工作日",
    changeable=True,
)
LEAST_QUESTIONS = Dated(
    "答辩至少提问几个问题", Value(_SINCE, 3, our_default("答辩提问")), key="exams.panel_questions", unit="个", changeable=True
)
VOTES_OVER = Dated(
    "表决同意的评审委员应超过百分之几（0表示只看评分）",
    Value(_SINCE, 50, our_default("综合评审表决")),
    key="exams.panel_votes_over",
    unit="%",
    changeable=True,
)


def _words(kinds: Collection[str]) -> str:
    return "或".join(PAPER_KINDS[kind] for kind in kinds)


def papers_due(exam_on: date, calendar: Calendar, day: date) -> date:
    """This function will give the last day on which papers for the panel are handed in in time, by the value of `day`."""
    return calendar.add_working_days(exam_on, -PAPERS_BEFORE.on(day).value)


@rule("综合评审材料齐全")
def papers_complete(level: Level, handed_in: Collection[str], day: date) -> Finding:
    """Whether one paper of each group wanted at `level` was handed in."""
    wanted = PAPERS.on(day)
    lacking = [_words(group) for group in wanted.value.get(level, ()) if not set(group) & set(handed_in)]
    if lacking:
        return unproven(f"还没有提交{'、'.join(lacking)}", wanted.clause, ask_for="、".join(lacking))
    return met("综合评审材料齐全", wanted.clause)


@rule("综合评审材料按期提交")
def paper_in_time(handed_in_on: date, exam_on: date, calendar: Calendar, reason: str) -> Finding:
    """Whether a paper is handed in by its last day; later only where the body says why."""
    before, last = PAPERS_BEFORE.on(handed_in_on), papers_due(exam_on, calendar, handed_in_on)
    if handed_in_on <= last:
        return met(f"不迟于{last}提交", before.clause)
    if not reason.strip():
        return unmet(f"综合评审材料应在{last}前提交（考试前{before.value}个工作日），现已过期", before.clause)
    return met(f"逾期，评价机构写明了理由：{reason.strip()}", before.clause)


@rule("综合评审时间不短于规定")
def defence_long_enough(minutes: int, day: date, printed: int | None, reason: str) -> Finding:
    """Whether a candidate's review lasted as long as laid down (the standard may print more); shorter only where the chair says why."""
    least = least_minutes(Part.PANEL, printed, day)
    if minutes >= least.value:
        return met(f"综合评审{minutes}分钟", least.clause)
    if not reason.strip():
        return unmet(f"综合评审进行了{minutes}分钟，应不少于{least.value}分钟", least.clause)
    return met(f"综合评审{minutes}分钟，不足{least.value}分钟，原因：{reason.strip()}", least.clause)


@rule("答辩提问不少于规定")
def asked_enough(questions: int, day: date) -> Finding:
    """Whether the panel put enough questions, each on record."""
    least = LEAST_QUESTIONS.on(day)
    if questions < least.value:
        return unmet(f"记录了{questions}个问题，应不少于{least.value}个", least.clause)
    return met(f"记录了{questions}个问题", least.clause)


@rule("评分以后在答辩记录上签字")
def signed_after_marks(ended: bool, handed_in: bool) -> Finding:
    """Whether a member may sign: the defence is over, and the own marks are in, so that nobody signs before having judged."""
    if not ended:
        return unmet("答辩还没有结束", _RECORD)
    if not handed_in:
        return unmet("您还没有提交这名考生的评分", _RECORD)
    return met("答辩已结束，评分已提交", _RECORD)


@rule("答辩记录由组长和全体委员签字")
def signed_by_all(signed: int, members: int, chair: bool) -> Finding:
    """Whether the chair and every member have signed the minutes of a defence."""
    if not members or signed < members:
        ask = "其余委员签字" if chair else "组长和其余委员签字"
        return unproven(f"{members}名评审委员中{signed}名已在答辩记录上签字", _RECORD, ask_for=ask)
    if not chair:
        return unproven("评审组长还没有在答辩记录上签字", _RECORD, ask_for="组长签字")
    return met(f"组长和全部{members}名委员已签字", _RECORD)


@rule("综合评审结论明确")
def panel_concludes(score: Decimal | None, votes_for: int, votes: int, day: date) -> Finding:
    """What a panel concludes: passed (met), not passed (unmet), or open while marks and votes do not agree (unproven).

    The pass mark is the 规程's. How many of the members must agree is ours; where it is nought the marks alone decide.
    """
    needed, over = PASS_MARK.on(day), VOTES_OVER.on(day)
    if score is None:
        return unproven("评分还没有结果", needed.clause, ask_for="考评人员评分")
    by_marks, told = score >= needed.value, f"评分{score}分"
    if not over.value:
        return met(f"{told}，通过", needed.clause) if by_marks else unmet(f"{told}，低于{needed.value}分，不通过", needed.clause)
    if not votes:
        return unproven("还没有表决", over.clause, ask_for="评审委员表决")
    by_votes, told = votes_for * 100 > over.value * votes, f"{told}，{votes}名委员中{votes_for}名同意通过"
    if by_marks and by_votes:
        return met(f"{told}，通过", over.clause)
    if not by_marks and not by_votes:
        return unmet(f"{told}，不通过", over.clause)
    ask = "请评审组合议：更正评分，或者退回答辩记录重新表决"
    return unproven(f"{told}，评分（{needed.value}分合格）与表决（超过{over.value}%同意）不一致", over.clause, ask_for=ask)
