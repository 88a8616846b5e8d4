"""到期事项公用: how does a paper that runs out stand on the pages of its body and of the offices?"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from touchstone.bodies.queries.ending import EndingPaper


def lines_of(papers: Iterable[EndingPaper], day: date) -> list[dict[str, Any]]:
    """This function will give for each paper its last day, how it stands, and what is to be done about it."""
    return [{"paper": one, **dict(zip(("label", "tone", "words"), standing_of(one, day), strict=True))} for one in papers]


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
