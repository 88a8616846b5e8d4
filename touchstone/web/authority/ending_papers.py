"""即将到期: which agreements, commissions and pilots on the office's ground run out soon or have just done so?"""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from touchstone.bodies import permissions
from touchstone.bodies.queries.ending import EndingPaper, ending_papers
from touchstone.parameters.queries import in_force
from touchstone.policy.districts import district_name
from touchstone.policy.papers import REMINDERS
from touchstone.web.doors import Request, authority_door
from touchstone.web.ending_papers_view import lines_of

MOST = 300
KINDS = {"": "全部", "XY": "合作协议", "WT": "委托", "SD": "试点"}


@authority_door
def ending_soon(request: Request) -> HttpResponseBase:
    """This page will show what runs out soon on the office's ground, the soonest first."""
    found = ending_papers(request.today, actor=request.actor)
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in KINDS else ""
    tabs = [
        {
            "label": label,
            "url": f"?kind={key}" if key else "?",
            "active": key == kind,
            "count": sum(1 for one in found if one.number.startswith(key)),
        }
        for key, label in KINDS.items()
    ]
    shown = [one for one in found if one.number.startswith(kind)]
    context = {
        "lines": [line | _more(request, line["paper"]) for line in lines_of(shown[:MOST], request.today)],
        "more": len(shown) > MOST,
        "tabs": tabs,
        "months": "、".join(str(in_force(one, request.today).value) for one in REMINDERS),
        "crumbs": [{"label": "评价机构", "url": reverse("authority:bodies")}, {"label": "即将到期"}],
    }
    return render(request, "authority/ending_papers.html", context)


def _more(request: Request, paper: EndingPaper) -> dict[str, str]:
    url = ""
    if paper.is_pilot:
        url = reverse("authority:pilot", args=[paper.number])
    elif permissions.may_read_papers(request.actor):
        url = reverse("authority:register_entry", args=[paper.number])
    return {"district": district_name(paper.body.district), "url": url}
