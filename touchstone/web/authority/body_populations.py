"""机构评价对象: whom may this body evaluate today, as an office on whose ground it stands sees it: counts and papers, no names?"""

from datetime import date
from typing import TYPE_CHECKING, Any

from touchstone.bodies import permissions, queries
from touchstone.exams.queries.registration import places_taken
from touchstone.files.queries import cases_with_files
from touchstone.policy.provinces import is_outside, province_name
from touchstone.policy.roles import BodyKind
from touchstone.web.paper_columns import period_state, period_words
from touchstone.web.templatetags.look import day as written

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

LABELS = (
    ("workers", "在岗职工", "人"),
    ("agreements", "有效协议", "份"),
    ("commissions", "有效委托", "份"),
    ("subsidiaries", "下属企业", "家"),
    ("apprentices", "在册学徒", "人"),
    ("students", "在册学生", "人"),
    ("pilots", "试点", "项"),
    ("enterprise_standards", "企业标准", "项"),
)
MOST = 20


def populations_of(body: "Body", day: date) -> dict[str, Any]:
    """This function will give the counts of the registers a body of this kind keeps, and its latest papers with how they stand."""
    counts = queries.population_counts(body, day)
    kept = [(label, counts[key], unit) for key, label, unit in LABELS if not permissions.why_no_population(BodyKind(body.kind), key)]
    if body.kind != BodyKind.ENTERPRISE:
        return {"counts": kept, "papers": []}
    papers = [*_papers(body, day), *_subsidiaries(body)][: 3 * MOST]
    shown = cases_with_files(one["number"] for one in papers)
    return {"counts": kept, "papers": [{**one, "evidenced": one["number"] in shown} for one in papers]}


def _papers(body: "Body", day: date) -> list[dict[str, Any]]:
    commissions = list(queries.commissions_of(body).order_by("-since", "-number")[:MOST])
    used = places_taken(one.number for one in commissions)
    rows: list[tuple[Any, str, str, str]] = [
        (one, "合作协议", one.school, "、".join(one.majors)) for one in queries.agreements_of(body).order_by("-since", "-number")[:MOST]
    ]
    rows += [(one, "委托", one.client, f"约定{one.people:,}人，已接受{used.get(one.number, 0):,}人") for one in commissions]
    found = []
    for one, what, whom, words in rows:
        label, tone = period_state(one.since, one.until, day, ended="已到期", ended_on=one.ended_on)
        period = period_words(one.since, one.until)
        found.append({"number": one.number, "what": what, "whom": whom, "words": words, "period": period, "label": label, "tone": tone})
    return found


def _subsidiaries(body: "Body") -> list[dict[str, Any]]:
    return [
        {
            "number": one.number,
            "what": "市域外下属企业" if is_outside(one.province) else "下属企业",
            "whom": one.name,
            "words": f"{province_name(one.province)}，持股{float(one.share):g}%",
            "period": f"{written(one.since)}起",
            "label": "已退出" if one.until else "在册",
            "tone": "neutral" if one.until else "ok",
        }
        for one in queries.subsidiaries_of(body)[:MOST]
    ]
