"""到期事项公用: how does a paper that runs out stand on the pages of its body and of the offices?"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from touchstone.bodies.queries.ending import EndingPaper, ending_papers

if TYPE_CHECKING:
    from touchstone.bodies.models import Body


def lines_of(papers: Iterable[EndingPaper], day: date) -> list[dict[str, Any]]:
    """This function will give for each paper its last day, how it stands, and what is to be done about it."""
    found = []
    for one in papers:
        label, tone, words = standing_of(one, day)
        found.append({"paper": one, "label": label, "tone": tone, "words": words, "title": f"{label}到期" if day < one.ends else label})
    return found


def ending_line(number: str, body: "Body", day: date) -> dict[str, Any] | None:
    """This function will say how one entry of a body's registers runs out, when it does so soon or has just done so."""
    return next(iter(lines_of([one for one in ending_papers(day, body=body) if one.number == number], day)), None)


def standing_of(paper: EndingPaper, day: date) -> tuple[str, str, str]:
    """This function will say how a paper stands: label, tone, and what is to be done."""
    left = (paper.ends - day).days
    if paper.is_pilot:
        do = "请按期提交试点总结" if paper.owes_report else "总结已提交，由市职鉴中心决定是否推广"
    else:
        do = "继续合作的，请签订后登记新的协议" if left > 0 else "到期后申报的人员不再据此接受"
    if left > 0:
        return f"还有{left}天", "warn", do
    return ("已到期，待总结", "danger", do) if paper.is_pilot and paper.owes_report else ("已到期", "neutral", do)
