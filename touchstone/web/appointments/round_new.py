"""评聘公告页和推荐页: what is announced, and who of the enterprise's workers is put forward for it?"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.appointments import permissions, queries
from touchstone.appointments.operations import Announcement, Claim, announce_round
from touchstone.appointments.operations import put_forward as put_forward_worker
from touchstone.bodies.queries import own_body, workers_of
from touchstone.filings.queries import scope_in_force
from touchstone.policy.appointments.term import TERM_LONGEST
from touchstone.policy.eligibility.levels import SeniorPost
from touchstone.web.appointments.words import POSTS
from touchstone.web.doors import Request, body_door
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

SHOWN = 300


class RoundForm(Form):
    """An announcement; the occupations offered are those for which the enterprise is filed."""

    post = forms.ChoiceField(label="岗位", choices=POSTS)
    occupation = forms.ChoiceField(label="职业（工种）", help_text="只列出本机构有效备案的职业；须备案到一级/高级技师。")
    posts = forms.IntegerField(label="岗位数", min_value=1, max_value=99)
    term_years = forms.IntegerField(label="聘期（年）", min_value=1)
    applications_until = forms.DateField(label="申报截止日", widget=DayInput())
    criteria = forms.CharField(
        label="评聘条件和办法",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="业绩要求、评审方式（业绩评审、现场答辩、综合评审）、待遇。",
    )

    def __init__(self, *args: Any, request: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, str] = {}
        for line in scope_in_force(request.today, own_body(request.actor)):
            trade = line.trade.name if line.trade else ""
            offered[f"{line.occupation.code}|{trade}"] = f"{line.occupation.name}（{trade}）" if trade else line.occupation.name
        self.fields["occupation"].choices = [("", "请选择"), *offered.items()]  # type: ignore[attr-defined]
        self.fields["term_years"].help_text = f"不超过{TERM_LONGEST.on(request.today).value}年，期满可以续聘。"

    def announced(self) -> Announcement:
        """Give what is announced."""
        given = self.cleaned_data
        code, _, trade = given["occupation"].partition("|")
        return Announcement(
            SeniorPost(given["post"]), code, given["posts"], given["criteria"], given["applications_until"], given["term_years"], trade
        )


class ClaimForm(Form):
    """What somebody has done, and since when they have had the rank below."""

    achievements = forms.CharField(
        label="业绩",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="解决的技术难题、获奖、革新成果、带徒传技等；公示时会摘要公开。",
    )
    held_since = forms.DateField(
        label="取得高级技师证书（受聘特级技师）的日期", required=False, widget=DayInput(), help_text="平台登记簿中有的可以不填，以登记簿为准。"
    )
    held_number = forms.CharField(label="证书或聘书编号", required=False, max_length=40)

    def claim(self) -> Claim:
        """Give what is claimed."""
        given = self.cleaned_data
        return Claim(given["achievements"], given["held_since"], given["held_number"])


class WorkerClaimForm(ClaimForm):
    """The same for a worker chosen from the register of staff."""

    worker = forms.TypedChoiceField(label="职工", coerce=int)
    field_order = ("worker", "achievements", "held_since", "held_number")


@body_door
def appointment_round_new(request: Request) -> HttpResponseBase:
    """This page will announce a round. :raises NotAllowed: for those who may not."""
    permissions.check_may(request.actor, "announce")
    form = RoundForm(request.POST or None, request=request, initial={"posts": 1, "term_years": 3})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            made = announce_round(announced=form.announced(), by=request.actor, at=request.now)
            messages.success(request, "评聘公告已发布，并抄送所在区和市职鉴中心。职工可以登录后自行申报。")
            return redirect("body:appointment_round", made.number)
    crumbs = [{"label": "特级首席评聘", "url": reverse("body:appointment_rounds")}, {"label": "发布公告", "url": ""}]
    back = reverse("body:appointment_rounds")
    return render(request, "body/form.html", {"form": form, "title": "发布评聘公告", "button": "发布公告", "crumbs": crumbs, "back_url": back})


@body_door
def put_forward(request: Request, number: str) -> HttpResponseBase:
    """This page will put a worker forward. :raises NotAllowed: for another enterprise's round, or those who may not."""
    found = queries.round_of(number, request.actor)
    permissions.check_may(request.actor, "nominate", found)
    workers = {one.pk: one for one in workers_of(found.body).filter(until__isnull=True)[:SHOWN]}
    form = WorkerClaimForm(request.POST or None)
    form.fields["worker"].choices = [("", "请选择"), *((key, f"{one.person.name}（{one.post or one.form}）") for key, one in workers.items())]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        person = workers[form.cleaned_data["worker"]].person
        with told_in(form):
            one = put_forward_worker(number=number, person=person, claim=form.claim(), by=request.actor, at=request.now)
            messages.success(request, f"已推荐{person.name}，请上传材料并登记核对情况。")
            return redirect("body:nomination", one.number)
    back = reverse("body:appointment_round", args=[number])
    crumbs = [
        {"label": "特级首席评聘", "url": reverse("body:appointment_rounds")},
        {"label": number, "url": back},
        {"label": "推荐职工", "url": ""},
    ]
    return render(request, "body/form.html", {"form": form, "title": "推荐职工", "button": "推荐", "crumbs": crumbs, "back_url": back})
