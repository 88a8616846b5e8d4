"""综合评审文书: what stands in the minutes of a defence, and in the summary of a panel?"""

from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from touchstone.exams.facts.papers import hours
from touchstone.exams.queries.assessors import assessors_of
from touchstone.exams.queries.marks import panels
from touchstone.exams.queries.panel import Stand, chair_of, conclusion_of, papers_of, stands_of
from touchstone.exams.queries.results import trade_or_occupation
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.panel import PAPER_KINDS
from touchstone.policy.exams.parts import plain_mark
from touchstone.print.lists import ListColumn, Sheet, print_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from touchstone.exams.models import PanelPaper, Plan, Sitting
    from touchstone.kernel.rules import Finding

WORDS = {"met": "通过", "unmet": "不通过", "unproven": "未定"}


def told(found: "Sequence[Finding]") -> str:
    """This function will say in a word what a panel has concluded."""
    return WORDS[found[-1].outcome.value] if len(found) > 1 else WORDS["unproven"]


def defence_minutes(plan: "Plan", sitting: "Sitting", stand: Stand) -> bytes:
    """This function will print the minutes of one defence (答辩记录): papers, questions with answers, time, who signed and how they voted."""
    people = assessors_of(sitting)
    score = panels(sitting, [stand.seat], people)[stand.seat.pk].score.score
    concluded = conclusion_of(stand, score, plan.exam_on)
    defence, chair, candidate = stand.defence, chair_of(people), stand.seat.candidate
    rows = [(str(n), one.asked_by.member.person.name, one.question, one.answer) for n, one in enumerate(stand.questions, 1)]
    notes = [f"{one.assignment.member.person.name}于{localtime(one.signed_at):%-m月%-d日 %H:%M}签字：{'同意' if one.agrees else '不同意'}通过"
             f"{f'，{one.words}' if one.words else ''}" for one in stand.signatures]  # fmt: skip
    notes += [f"{one.reason}（依据：{one.clause}）" for one in concluded]
    if stand.signatures:
        notes.append(f"签字内容 SHA-256：{stand.signatures[0].sha256}")
    when = "—"
    if defence is not None and defence.ended_at is not None:
        when = f"{localtime(defence.begun_at):%H:%M}至{localtime(defence.ended_at):%H:%M}，{stand.minutes}分钟"
        when += f"（{defence.short_reason}）" if defence.short_reason else ""
    sheet = Sheet(
        title="综合评审答辩记录",
        columns=(ListColumn("序号", 12, "code", True), ListColumn("提问委员", 24, "name"), ListColumn("问题"), ListColumn("回答要点")),
        facts=(
            *_head(plan, sitting),
            ("考生", candidate.name),
            ("准考证号", candidate.ticket_number or ""),
            ("答辩次序", f"第{stand.seat.seat_number}位"),
            ("答辩时间", when),
            ("材料", _titles(papers_of([candidate.pk]).get(candidate.pk, []))),
            ("评审组长", chair.member.person.name if chair else "—"),
        ),
        totals=f"评分：{score if score is not None else '—'}　　结论：{told(concluded)}",
        notes=tuple(notes),
        signatures=("评审组长", "评审委员", "记录人"),
        footer=f"{sitting.number}　综合评审答辩记录",
        pad=8,
    )
    return print_list(sheet, rows)


def panel_summary(plan: "Plan", sitting: "Sitting") -> bytes:
    """This function will print the summary of a panel (综合评审汇总表): each candidate's papers, marks, votes and conclusion."""
    people = assessors_of(sitting)
    marked = panels(sitting, sent=people)
    stands = stands_of(sitting, people=people)
    papers = papers_of(one.seat.candidate_id for one in stands)
    rows = []
    for one in stands:
        score = marked[one.seat.pk].score.score
        concluded = conclusion_of(one, score, plan.exam_on)
        minutes = "" if one.minutes is None else str(one.minutes)
        votes = f"{sum(each.agrees for each in one.signatures)}/{len(one.signatures)}" if len(concluded) > 1 else ""
        given = marked[one.seat.pk].markings if marked[one.seat.pk].score.all_in else {}
        totals = [plain_mark(given[each.number].total) for each in people if each.number in given]
        candidate = one.seat.candidate
        absent = one.seat.present is False
        rows.append((
            str(one.seat.seat_number), candidate.ticket_number or "", candidate.name, _titles(papers.get(candidate.pk, [])), minutes,
            "、".join(filter(None, totals)), "缺考" if absent else "" if score is None else str(score), votes, "" if absent else told(concluded),
        ))  # fmt: skip
    sheet = Sheet(
        title="综合评审汇总表",
        columns=(
            ListColumn("次序", 11, "code", True),
            ListColumn("准考证号", 36, "code"),
            ListColumn("姓名", 26, "name"),
            ListColumn("材料"),
            ListColumn("分钟", 12, "code", True),
            ListColumn("委员评分", 36, "code"),
            ListColumn("成绩", 14, "code", True),
            ListColumn("同意", 13, "code", True),
            ListColumn("结论", 17, "code", True),
        ),
        facts=_head(plan, sitting),
        totals=f"评审委员 {len(people)} 人　　考生 {len(rows)} 人",
        notes=("委员评分按派遣次序列出，全部提交后才列出；“同意”为同意票数/签字委员数。",),
        signatures=("评审组长", "评审委员", "内部质量督导员"),
        footer=f"{sitting.number}　综合评审汇总表",
        flipped=True,
        size=9,
    )
    return print_list(sheet, rows)


def _head(plan: "Plan", sitting: "Sitting") -> tuple[tuple[str, str], ...]:
    return (
        ("评价机构", plan.body.name),
        ("职业（工种）", trade_or_occupation(plan)),
        ("等级", Level(plan.level).label),
        ("考核点", f"{plan.venue.name} {sitting.room.name}"),
        ("时间", hours(sitting.starts_at, sitting.ends_at)),
    )


def _titles(papers: "Sequence[PanelPaper]") -> str:
    return "；".join(f"{PAPER_KINDS[one.kind]}《{one.title}》" for one in papers) or "没有提交"
