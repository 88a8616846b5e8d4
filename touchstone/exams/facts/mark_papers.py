"""评分记录表: what did each assessor give a candidate, point by point, and what did it come to?"""

from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from touchstone.exams.facts.papers import hours
from touchstone.exams.queries.assessors import assessors_of
from touchstone.exams.queries.marks import Panel, points_of, standing_marks
from touchstone.exams.queries.results import trade_or_occupation
from touchstone.exams.states import Part
from touchstone.policy.eligibility.levels import Level
from touchstone.print.lists import ListColumn, Sheet, print_list

if TYPE_CHECKING:
    from touchstone.exams.models import Plan, Sitting


def marking_record(plan: "Plan", sitting: "Sitting", panel: Panel) -> bytes:
    """This function will print a candidate's record of marks: every assessor's column, the totals, and how the score came about."""
    people = [(one.member.person.name, panel.markings[one.number]) for one in assessors_of(sitting) if one.number in panel.markings]
    if panel.review is not None and panel.review.handed_in_at is not None:
        people.append(("复评", panel.review))
    points = points_of(people[0][1].sheet)
    stands = standing_marks([marking for _, marking in people])
    columns = (
        ListColumn("序号", 11, "code", True),
        ListColumn("评分点"),
        ListColumn("分值", 12, "code", True),
        *(ListColumn(name, 18, "name", True) for name, _ in people),
    )
    rows = []
    for one in points:
        given = [stands.get(marking.pk, {}).get(one.key) for _, marking in people]
        words = f"{one.group}：{one.words}" if one.group else one.words
        rows.append((one.key, words, _text(one.points), *("" if mark is None or mark.value is None else _text(mark.value) for mark in given)))
    rows.append(("", "合计", _text(sum(one.points for one in points)), *(_text(marking.total) for _, marking in people)))
    candidate = panel.seat.candidate
    notes = [f"{one.reason}（依据：{one.clause}）" for one in panel.score.findings]
    notes += [
        f"{name}“{point.words}”：{mark.words}"
        for name, marking in people
        for point in points
        if (mark := stands.get(marking.pk, {}).get(point.key)) is not None and mark.words
    ]
    notes += [f"{name}于{localtime(marking.handed_in_at):%Y年%-m月%-d日 %H:%M}提交" for name, marking in people if marking.handed_in_at]
    sheet = Sheet(
        title=f"{Part(sitting.part).label}评分记录表",
        columns=columns,
        facts=(
            ("评价机构", plan.body.name),
            ("职业（工种）", trade_or_occupation(plan)),
            ("等级", Level(plan.level).label),
            ("考生", candidate.name),
            ("准考证号", candidate.ticket_number or ""),
            ("考核点", plan.venue.name),
            ("考场", f"{sitting.room.name} {panel.seat.seat_number}号"),
            ("时间", hours(sitting.starts_at, sitting.ends_at)),
        ),
        totals=f"成绩：{panel.score.score}分" if panel.score.score is not None else "成绩：等待复评",
        notes=tuple(notes),
        signatures=("考评人员", "考评组长", "内部质量督导员"),
        footer=f"{sitting.number}　评分记录表",
    )
    return print_list(sheet, rows)


def _text(value: object) -> str:
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
