"""评审登记页: who sat on the panel, who stepped back, how was voted on each, and what do the minutes say?"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.appointments import permissions, queries
from touchstone.appointments.operations import Member, Vote, record_review
from touchstone.appointments.states import Standing, State
from touchstone.policy.appointments.panel import PANEL_LEAST
from touchstone.web.doors import Request, body_door
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.appointments.models import Nomination

MORE = 4
"""So many rows for members are offered beyond the least number."""


class ReviewForm(Form):
    """The panel, one row a member (rows left blank do not count), and a row of votes for each person."""

    reviewed_on = forms.DateField(label="评审日期", widget=DayInput())
    minutes = forms.CharField(
        label="评审纪要", max_length=8000, widget=forms.Textarea(attrs={"rows": 6}), help_text="业绩评审、现场答辩的情况和评审意见。"
    )

    def __init__(self, *args: Any, people: "list[Nomination]", seats: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.seats = people, seats
        for n in range(seats):
            for key, label, longest in (("name", "姓名", 60), ("unit", "单位", 120), ("rank", "职务或职称", 60)):
                box = forms.TextInput({"aria-label": f"第{n + 1}位评委的{label}"})
                self.fields[f"{key}_{n}"] = forms.CharField(label=f"评委{n + 1}{label}", required=False, max_length=longest, widget=box)
            tick = forms.CheckboxInput({"aria-label": f"第{n + 1}位评委是外单位专家"})
            self.fields[f"outsider_{n}"] = forms.BooleanField(label=f"评委{n + 1}外单位", required=False, widget=tick)
        for one in people:
            for key, label in (("for", "赞成票"), ("against", "反对票")):
                count = forms.NumberInput({"aria-label": f"{one.person.name}的{label}"})
                self.fields[f"{key}_{one.number}"] = forms.IntegerField(label=f"{one.person.name}{label}", min_value=0, max_value=99, widget=count)
            box = forms.TextInput({"aria-label": f"回避{one.person.name}的评委和原因", "placeholder": "郑师傅：师徒关系；…"})
            self.fields[f"recused_{one.number}"] = forms.CharField(label=f"{one.person.name}回避", required=False, max_length=400, widget=box)

    def member_rows(self) -> list[dict[str, Any]]:
        """Give the boxes of each member, for the table."""
        return [{key: self[f"{key}_{n}"] for key in ("name", "unit", "rank", "outsider")} | {"n": n + 1} for n in range(self.seats)]

    def vote_rows(self) -> list[dict[str, Any]]:
        """Give the boxes of each person voted on, for the table."""
        return [
            {
                "person": one.person.name,
                "votes_for": self[f"for_{one.number}"],
                "votes_against": self[f"against_{one.number}"],
                "recused": self[f"recused_{one.number}"],
            }
            for one in self.people
        ]

    def panel(self) -> list[Member]:
        """Give the members whose row is filled."""
        given = self.cleaned_data
        rows = [(given[f"name_{n}"].strip(), given[f"unit_{n}"], given[f"rank_{n}"], given[f"outsider_{n}"]) for n in range(self.seats)]
        return [Member(*row) for row in rows if row[0]]

    def votes(self) -> dict[str, Vote]:
        """Give the votes by number of the nomination."""
        given = self.cleaned_data
        return {
            one.number: Vote(given[f"for_{one.number}"], given[f"against_{one.number}"], _recused(given[f"recused_{one.number}"]))
            for one in self.people
        }


def _recused(text: str) -> dict[str, str]:
    """Read `郑师傅：师徒关系；…`."""
    pairs = [part.replace(":", "：").partition("：") for part in text.replace(";", "；").split("；") if part.strip()]
    return {name.strip(): reason.strip() for name, _, reason in pairs}


@body_door
def appointment_review(request: Request, number: str) -> HttpResponseBase:
    """This page will take the review down. :raises NotAllowed: for another enterprise's round, or those who may not."""
    found = queries.round_of(number, request.actor)
    permissions.check_may(request.actor, "review", found)
    if found.state != State.CHECKED:
        messages.info(request, f"当前为“{State(found.state).label}”，不在登记评审结果的环节。")
        return redirect("body:appointment_round", number)
    people = [one for one in queries.nominations_of(found) if one.standing == Standing.QUALIFIED]
    seats = PANEL_LEAST.on(request.today).value + MORE
    form = ReviewForm(request.POST or None, people=people, seats=seats, initial={"reviewed_on": request.today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with told_in(form):
            record_review(
                number=number,
                panel=form.panel(),
                votes=form.votes(),
                minutes=given["minutes"],
                reviewed_on=given["reviewed_on"],
                by=request.actor,
                at=request.now,
            )
            messages.success(request, "评审结果已登记。")
            return redirect("body:appointment_round", number)
    crumbs = [
        {"label": "特级首席评聘", "url": reverse("body:appointment_rounds")},
        {"label": number, "url": reverse("body:appointment_round", args=[number])},
        {"label": "登记评审结果", "url": ""},
    ]
    return render(request, "appointments/review.html", {"form": form, "round": found, "crumbs": crumbs})
