"""统计查询: which figures should be looked at, and why?"""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from touchstone.policy.questions.figures import FigureFacts, Flag, flags_of
from touchstone.questions.models import ItemFigure

FigureRow = ItemFigure
FLAGS = [
    ("key", "答案可能有误"),
    ("unfair", "对某组不公"),
    ("drift", "难度漂移"),
    ("weak", "区分度低"),
    ("idle", "干扰项无效"),
]


def flags_on(figure: ItemFigure, day: date) -> tuple[Flag, ...]:
    """This function will say in plain words what should be looked at."""
    rows: list[dict[str, Any]] = figure.options.get("rows", [])
    facts = FigureFacts(
        answered=figure.answered,
        discrimination=figure.discrimination,
        draws_the_able=any(one["able"] for one in rows),
        idle_options=sum(1 for one in rows if one["idle"]),
        unfair_to=tuple(name for name, one in figure.dif.items() if one["grade"] == "C"),
        drift=figure.model.get("z"),
    )
    return flags_of(facts, day)


def flagged(found: QuerySet[ItemFigure], key: str, day: date) -> QuerySet[ItemFigure]:
    """This function will narrow figures to those with one flag; the figures of a paper are few."""
    keys = [one.pk for one in found if any(flag.key == key for flag in flags_on(one, day))]
    return found.filter(pk__in=keys)
