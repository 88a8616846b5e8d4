"""公告与随机数页: from which public numbers will be drawn, and what were they, put down by two people who do not see each other's?"""

from secrets import token_bytes
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.inspections import operations, permissions, queries
from touchstone.inspections.operations import SourceTold
from touchstone.inspections.states import DrawState
from touchstone.policy.inspections import CHANCE_BITS, LEAD_HOURS, Source
from touchstone.web.doors import Request, authority_door
from touchstone.web.forms import Form
from touchstone.web.inspections.words import SOURCE_DAYS, SOURCE_PLACES
from touchstone.web.refusing import told_in


class MomentInput(forms.DateTimeInput):
    """A day and a time in the browser's own control."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "form-control"}, format="%Y-%m-%dT%H:%M")


class AnnounceForm(Form):
    """When each source gives its numbers (empty: not used), and where they are read."""

    sure = forms.BooleanField(label="已核对名单和来源：公告以后，名单、各层抽取数和来源都不能再改")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in Source:
            self.fields[f"{one.value}_at"] = forms.DateTimeField(
                label=f"{one.label}的开奖时间", required=False, widget=MomentInput(), input_formats=["%Y-%m-%dT%H:%M"]
            )
            self.fields[f"{one.value}_where"] = forms.CharField(
                label=f"{one.label}的结果公布处", required=False, max_length=100, initial=SOURCE_PLACES[one]
            )

    def rows(self) -> list[dict[str, Any]]:
        """Give a row for each source."""
        return [
            {"source": one, "days": SOURCE_DAYS[one], "at": self[f"{one.value}_at"], "where": self[f"{one.value}_where"]} for one in Source
        ]

    def told(self) -> list[SourceTold]:
        """Give the sources that were given a time."""
        given = self.cleaned_data
        return [SourceTold(one, given[f"{one.value}_at"], given[f"{one.value}_where"]) for one in Source if given.get(f"{one.value}_at")]


@authority_door
def inspection_announce(request: Request, number: str) -> HttpResponseBase:
    """This page will announce a draw. :raises NotAllowed: for those who may not."""
    found = queries.draw(number, request.actor)
    permissions.check_may(request.actor, "announce", found)
    if found.state != DrawState.FROZEN:
        messages.info(request, "这次抽取已经公告。")
        return redirect("authority:inspection_draw", number)
    form = AnnounceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            operations.announce(number=number, sources=form.told(), secret=token_bytes(32), by=request.actor, at=request.now)
            messages.success(request, "抽取已公告，名单指纹和来源已送公开日志。开奖以后录入号码。")
            return redirect("authority:inspection_draw", number)
    context = {
        "draw": found,
        "form": form,
        "bits": CHANCE_BITS.on(request.today).value,
        "hours": LEAD_HOURS.on(request.today).value,
        "crumbs": _crumbs(number, "公告抽取"),
    }
    return render(request, "inspections/announce.html", context)


class ChanceForm(Form):
    """The outcome of each announced source."""

    def __init__(self, *args: Any, sources: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"outcome_{n}": one["name"] for n, one in enumerate(sources)}
        for (key, name), one in zip(self.names.items(), sources, strict=True):
            self.fields[key] = forms.CharField(
                label=name,
                max_length=200,
                help_text=f"{Source(one['source']).how}。公布处：{one['where']}",
                widget=forms.TextInput(attrs={"class": "form-control ts-number-text", "autocomplete": "off"}),
            )

    def outcomes(self) -> dict[str, str]:
        """Give what was filled in, by the name of the source."""
        return {name: self.cleaned_data[key] for key, name in self.names.items()}


@authority_door
def inspection_chance(request: Request, number: str, act: str) -> HttpResponseBase:
    """This page will take the public numbers, from one officer and then, unseen, from another. :raises NotAllowed: for those who may not."""
    found = queries.draw(number, request.actor)
    permissions.check_may(request.actor, act, found)
    wanted = {"enter": {DrawState.ANNOUNCED, DrawState.ENTERED}, "attest": {DrawState.ENTERED}}[act]
    if found.state not in wanted:
        messages.info(request, f"这次抽取当前为“{DrawState(found.state).label}”。")
        return redirect("authority:inspection_draw", number)
    form = ChanceForm(request.POST if request.method == "POST" else None, sources=found.sources)
    if request.method == "POST" and form.is_valid():
        call = operations.enter_chance if act == "enter" else operations.attest_chance
        with told_in(form):
            call(number=number, outcomes=form.outcomes(), by=request.actor, at=request.now)
            messages.success(request, "号码已录入，请另一人复核。" if act == "enter" else "两人录入一致，号码已公开，可以抽取。")
            return redirect("authority:inspection_draw", number)
    title = "录入公共随机数" if act == "enter" else "复核公共随机数"
    hint = "按开奖公告填写。" if act == "enter" else "请另行查看开奖公告，独立填写一遍；看不到录入人填写的号码，两遍一致才算数。"
    context = {"form": form, "title": title, "button": "录入" if act == "enter" else "复核", "hint": hint, "crumbs": _crumbs(number, title)}
    return render(request, "body/entry_new.html", context | {"back_url": reverse("authority:inspection_draw", args=[number])})


def _crumbs(number: str, last: str) -> list[dict[str, str]]:
    return [
        {"label": "双随机抽查", "url": reverse("authority:inspection_plans")},
        {"label": number, "url": reverse("authority:inspection_draw", args=[number])},
        {"label": last},
    ]
