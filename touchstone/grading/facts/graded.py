"""定级依据: a body's last twelve months as the law of grades reads them, and the grade with every indicator told."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from touchstone.grading.facts.known import Known
from touchstone.policy.supervision.acts import Tier
from touchstone.policy.supervision.grade import BodyYear, Graded, Indicator, graded

HOW: Mapping[Indicator, str] = {
    Indicator.VISITS: "十二个月内各次检查得分的平均：检查表按权重计分，不配合检查的按规定的分数计",
    Indicator.ASSESSMENT: "十二个月内公布的年度考核得分",
    Indicator.ENTRIES: "十二个月内报送的证书数据，没有被指出有误、也没有被全国联网查询退回的行所占的比例",
    Indicator.PUNCTUAL: "十二个月内到期的待办，按期办结的比例",
    Indicator.ALERTS: "认定属实的预警，按评价人数折算，每千名考生达到规定件数的不得分",
    Indicator.COMPLAINTS: "查证属实的投诉，按评价人数折算，每千名考生达到规定件数的不得分",
}
"""How each indicator is reckoned, for those who read a grade."""
_SHOWN = 20


def year_of(known: Known, assessment: tuple[str, float] | None) -> BodyYear:
    """This function will give a body's year as the law of grades reads it; `assessment` is number and points of the last one published."""
    rows, wrong, _ = known.entries
    due, late, _ = known.tasks
    return BodyYear(
        visits=known.visits_average,
        assessment=assessment[1] if assessment else None,
        entries=rows,
        entries_wrong=wrong,
        due=due,
        late=late,
        evaluated=known.exams.evaluated,
        alerts=len(known.alerts),
        complaints=len(known.complaints),
        upheld=tuple(known.decisions),
    )


def indicators_of(found: Graded, known: Known, assessment: tuple[str, float] | None) -> list[dict[str, Any]]:
    """This function will tell every indicator of a grade: value in words, weight, share, points, how it is reckoned, and the rows it rests on."""
    rows: Mapping[Indicator, Sequence[str]] = {
        Indicator.VISITS: [number for number, _, _ in known.visits],
        Indicator.ASSESSMENT: [assessment[0]] if assessment else [],
        Indicator.ENTRIES: known.entries[2],
        Indicator.PUNCTUAL: known.tasks[2],
        Indicator.ALERTS: known.alerts,
        Indicator.COMPLAINTS: known.complaints,
    }
    return [
        {
            "key": one.indicator.value,
            "title": one.indicator.label,
            "weight": one.weight,
            "share": None if one.share is None else round(one.share, 4),
            "points": None if one.share is None else round(one.share * one.weight, 1),
            "words": one.words,
            "how": HOW[one.indicator],
            "rows": list(rows[one.indicator][:_SHOWN]),
            "more": max(0, len(rows[one.indicator]) - _SHOWN),
        }
        for one in found.parts
    ]


def stored(year: BodyYear) -> dict[str, Any]:
    """This function will write a body's year down, to be read again by `graded_again`."""
    return asdict(year) | {"upheld": [[tier.value, day.isoformat()] for tier, day in year.upheld]}


def graded_again(year: Mapping[str, Any], day: date) -> Graded:
    """This function will compute a grade again from a year that was written down."""
    upheld = tuple((Tier(tier), date.fromisoformat(when)) for tier, when in year["upheld"])
    return graded(BodyYear(**{**year, "upheld": upheld}), day)
