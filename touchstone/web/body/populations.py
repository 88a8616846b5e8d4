"""评价对象: whom may my body evaluate, on which registers, and which of them does a body of my kind not keep?"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from touchstone.bodies import permissions, queries
from touchstone.bodies.queries.ending import ending_papers
from touchstone.policy.roles import BodyKind
from touchstone.web.body.entry_links import entry_url
from touchstone.web.doors import Request, body_door
from touchstone.web.ending_papers_view import lines_of

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

SECTIONS = (
    ("workers", "在岗职工", "users", "人", "直接用工、劳务派遣、劳务外包等各种用工形式的在岗职工", "通知 二(一)"),
    ("agreements", "合作协议", "school", "份", "校企合作协议和协议院校的毕业学年学生", "通知 二(一)"),
    ("commissions", "委托", "file-text", "份", "不具备条件的企业委托评价其职工：职业、人数和期限", "通知 二(一)"),
    ("subsidiaries", "下属企业", "building-factory", "家", "下属企业及其职工，包括市域外的下属企业", "通知 三(二)5"),
    ("apprentices", "学徒", "hammer", "人", "学徒和培养协议；学徒期满由企业转正定级", "通知 二(一)"),
    ("students", "学籍", "id-badge-2", "人", "本校注册学籍的学生，认定对象为全日制毕业学年学生", "通知 二(三)"),
    ("pilots", "试点", "flag", "项", "新型技师学院、课证融通和一考双证试点：范围、期限、总结", "通知 二(三)、三(二)5"),
    ("enterprise_standards", "企业标准", "file-certificate", "项", "一考双证的第二个标准：企业等级和要素对应", "通知 三(二)5"),
)


@body_door
def populations(request: Request) -> HttpResponseBase:
    """This page will show every register with what stands in it today, or the sentence why this body keeps none."""
    body = queries.own_body(request.actor)
    counts = queries.population_counts(body, request.today)
    cards = [
        {
            "title": title,
            "icon": icon,
            "unit": unit,
            "words": words,
            "clause": clause,
            "count": counts[key],
            "url": reverse(f"body:{key}"),
            "why_not": permissions.why_no_population(BodyKind(body.kind), key),
        }
        for key, title, icon, unit, words, clause in SECTIONS
    ]
    cards.sort(key=lambda card: bool(card["why_not"]))
    ending = ending_lines(body, request.today)
    social = body.kind == BodyKind.SOCIAL
    context = {"cards": cards, "social": social, "kind": BodyKind(body.kind).label, "ending": ending}
    return render(request, "body/populations.html", context)


def ending_lines(body: "Body", day: date) -> list[dict[str, Any]]:
    """This function will give what of a body's registers runs out soon or has just done so, each with its page."""
    return [line | {"url": entry_url(line["paper"].number)} for line in lines_of(ending_papers(day, body=body), day)]
