"""企业标准公用: how do an enterprise's own standard and the map of its elements stand on the pages of the body, the candidate and the offices?"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from touchstone.catalogue.queries import names_of
from touchstone.exams.queries.dual import read_elements
from touchstone.policy.exams.dual import EXAMINED_WITH
from touchstone.web.levels import level_label
from touchstone.web.templatetags.look import day

if TYPE_CHECKING:
    from datetime import date

    from touchstone.bodies.models import EnterpriseStandard
    from touchstone.exams.models import SecondStandard


def facts_of(row: "EnterpriseStandard", today: "date") -> list[tuple[str, Any]]:
    """This function will give what is filed about an enterprise's standard."""
    names = names_of([row.occupation_code], today)
    return [
        ("企业标准编号", row.code),
        ("职业", f"{row.occupation_code} {names.get(row.occupation_code, '')}".strip()),
        ("等级对应", "、".join(f"{level_label(int(level))} = {grade}" for level, grade in sorted(row.grades.items(), reverse=True))),
        ("施行日", day(row.since)),
        ("停用日", day(row.until) if row.until else "—"),
    ]


def state_of(row: "EnterpriseStandard", today: "date") -> tuple[str, str]:
    """This function will say whether an enterprise's standard is in force."""
    if row.until is not None and row.until <= today:
        return "已停用", "neutral"
    return ("尚未施行", "info") if today < row.since else ("有效", "ok")


def element_rows(elements: Sequence[Mapping[str, object]], today: "date") -> list[dict[str, Any]]:
    """This function will give the map of elements as a table shows it."""
    part = EXAMINED_WITH.on(today).value
    return [
        {"element": one, "takes": one.takes.label if one.takes else f"另行考核（与{part.label}同场）", "national": one.national or "—"}
        for one in read_elements(elements)
    ]


def second_shown(second: "SecondStandard | None", today: "date") -> dict[str, Any] | None:
    """This function will give what a plan's pages show of its second standard; None where there is none."""
    if second is None:
        return None
    elements = element_rows(second.elements, today)
    return {"row": second, "standard": second.standard, "grade": second.grade, "pilot": second.pilot, "elements": elements}
