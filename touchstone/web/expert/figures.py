"""我的数据: how did I do this year, beside the city, and what do I say to my appraisal?"""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.experts import operations
from touchstone.experts.queries import figures as asked
from touchstone.policy.experts.appraisal import Year
from touchstone.web.corps_view import GRADES, beside
from touchstone.web.doors import Request, told
from touchstone.web.expert.home import member_page

if TYPE_CHECKING:
    from touchstone.experts.models import Member


@member_page
def figures(request: Request, member: "Member") -> HttpResponseBase:
    """This page will show my year beside the city's, and the appraisals with my word to those not decided yet."""
    if request.method == "POST":
        asked_for = request.POST.get("year", "")
        with told(request):
            number, word = int(asked_for) if asked_for.isdigit() else 0, request.POST.get("word", "")
            operations.say_word(member=member.number, year=number, word=word, by=request.actor, at=request.now)
            messages.success(request, "意见已保存，考核决定时会一并考虑。")
        return redirect("expert:figures")
    year = request.today.year
    everybody = asked.years_of(year, request.today)
    context = {
        "member": member,
        "year": year,
        "rows": beside(everybody.get(member.pk, Year()), asked.city_of(everybody)),
        "appraisals": [
            {"row": one, "proposed": GRADES[one.proposed][0], "grade": GRADES.get(one.grade), "points": one.figures.get("points")}
            for one in asked.appraisals_of(member)
        ],
        "request_key": uuid4(),
    }
    return render(request, "expert/figures.html", context)
