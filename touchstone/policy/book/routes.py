"""手册·路线: the page of routes, and the same as plain data."""

from datetime import date
from typing import Any

from touchstone.policy.book.words import cited, page_of, table
from touchstone.policy.documents import NOTICE_2024, notice
from touchstone.policy.filing.routes import ROUTES, routes_on

LEFT_OPEN = notice("四(三)")
"""What the notice leaves to rules of its own: a step that is our default rests on it."""


def page() -> str:
    """This function will write the page: every version of every route."""
    blocks: list[list[str]] = []
    for kind, dated in ROUTES:
        for version in dated:
            heading = f"## {version.value.title}（{kind.label}，自 {version.since} 起，{cited(version.clause)}）"
            rows = [
                (
                    step.title,
                    ("或" if step.asked_of == "one_of" else "和").join(place.label for place in step.offices),  # type: ignore[attr-defined]
                    step.role.label,  # type: ignore[attr-defined]
                    str(step.within.on(version.since).value) if step.within else "—",
                    cited(step.clause),
                )
                for step in version.value
            ]
            blocks.append([heading, "", *table(("环节", "办理单位", "岗位", "工作日", "条款"), rows)])
    return page_of("路线", *blocks)


def as_records(day: date) -> list[dict[str, Any]]:
    """This function will give the routes in force on `day` as plain data; a clause by its label in the notice alone, as `三(一)1`, and
    `四(三)` for a step that is our default until the city lays it down."""
    return [
        {
            "key": route.key,
            "kind": kind.value,
            "steps": [
                {
                    "key": step.key,
                    "title": step.title,
                    "offices": {step.asked_of: [place.label for place in step.offices]},  # type: ignore[attr-defined]
                    "clause": (step.clause if step.clause.document is NOTICE_2024 else LEFT_OPEN).label,
                    "working_days": step.within.on(day).value if step.within else None,
                    "parallel_with": list(step.parallel_with),
                }
                for step in route
            ],
        }
        for kind, route in routes_on(day)
    ]
