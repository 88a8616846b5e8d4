"""职业: since when does it stand, at which levels and by which standards may which kind of body file it, and why not?"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.catalogue import operations, permissions, queries
from touchstone.catalogue.facts import Fileability, fileability
from touchstone.policy.filing.scope import BASES
from touchstone.policy.roles import BodyKind
from touchstone.web.authority.catalogue import chosen_day
from touchstone.web.authority.occupation_forms import FORMS, EndForm, OccupationForm
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.levels import level_label, levels_label
from touchstone.web.places import industry_label
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.catalogue.models import Occupation


@authority_door
def occupation_new(request: Request) -> HttpResponseBase:
    """This page will enter an occupation, or rename the one that stands under the code."""
    permissions.check_may(request.actor, "keep_list")
    form = OccupationForm(request.POST or None, initial=_standing(request))
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "request_key"}
        with told_in(form):
            made = operations.enter_occupation(**given, by=request.actor, at=request.now)
            messages.success(request, f"已登记职业“{made.name}”，自{made.since:%Y年%m月%d日}起。")
            return redirect("authority:occupation", made.code)
    context = {
        "form": form,
        "title": "登记职业",
        "button": "登记",
        "back_url": reverse("authority:catalogue"),
        "crumbs": [{"label": "职业目录", "url": reverse("authority:catalogue")}, {"label": "登记职业"}],
    }
    return render(request, "body/form.html", context)


def _standing(request: Request) -> dict[str, Any]:
    """Fill in what stands under the code that the address names, so that only the new name is left to write."""
    found = queries.occupation(request.GET.get("code", ""), request.today)
    if found is None:
        return {"since": request.today}
    return {"code": found.code, "name": found.name, "industry": found.industry, "major": found.major, "since": request.today}


@authority_door
def occupation(request: Request, code: str) -> HttpResponseBase:
    """This page will show an occupation on a day, for each kind of body whether it may be filed, and let the keeper change it.

    :raises Http404: when nothing ever stood under the code.
    """
    history = list(queries.history(code))
    if not history:
        raise Http404
    act = request.POST.get("act", "")
    made = {name: kind(request.POST if act == name else None, auto_id=f"{name}_%s") for name, kind in FORMS.items()}
    if act == "end_level":
        _end_level(request, {row.pk for row in queries.fileable_levels(history[0])})
        return redirect("authority:occupation", code)
    if act in made and made[act].is_valid():
        with told_in(made[act]):
            messages.success(request, _carry_out(request, code, act, made[act].cleaned_data))
            return redirect("authority:occupation", made[act].cleaned_data["new_code"] if act == "recode" else code)
    day = chosen_day(request)
    standing = queries.occupation(code, day)
    found = standing or history[0]
    context = _shown(found, day) | {
        "occupation": found,
        "standing": standing is not None,
        "history": history,
        "day": day,
        "is_today": day == request.today,
        "industry": industry_label(found.industry),
        "forms": made,
        "why_not": permissions.why_not(request.actor, "keep_list"),
        "standards_why_not": permissions.why_not(request.actor, "keep_standards"),
        "crumbs": [{"label": "职业目录", "url": reverse("authority:catalogue")}, {"label": found.name}],
    }
    return render(request, "authority/occupation.html", context)


def _shown(found: "Occupation", day: date) -> dict[str, Any]:
    """What the catalogue holds for the occupation's code, and what follows from it on `day` for each kind of body."""
    levels, standards, trades = list(queries.fileable_levels(found)), list(queries.standards_of(found)), list(queries.trades_of(found))
    open_trades = [trade for trade in trades if _stands(trade.since, trade.until, day)]
    whole = [row for row in levels if row.trade is None]
    subjects = ([None] if whole or not open_trades else []) + open_trades
    first = BASES.values[0].since
    ruled = subjects if day >= first else []  # before the notice there is no rule to judge by
    return {
        "verdicts": [_verdict(fileability(kind, found, trade, levels, standards, day)) for trade in ruled for kind in BodyKind],
        "ruled_since": first,
        "by_trade": len(subjects) > 1 or subjects[0] is not None,
        "trades": [(trade, _stands(trade.since, trade.until, day)) for trade in trades],
        "levels": [(row, level_label(row.level), _stands(row.since, row.until, day)) for row in levels],
        "standards": [(one, levels_label(one.levels), _stands(one.in_force_from, one.until, day)) for one in standards],
    }


def _verdict(found: Fileability) -> dict[str, Any]:
    label = f"可备案：{levels_label(found.levels)}" if found.levels else "不可备案"
    return {"title": found.title, "kind": found.kind.label, "label": label, "tone": "ok" if found.levels else "neutral", "findings": found.findings}


def _stands(since: date, until: date | None, day: date) -> bool:
    return since <= day and (until is None or day < until)


def _end_level(request: Request, listed: set[int]) -> None:
    """End one of the listed levels; the dialog it comes from keeps nothing, so whatever is wrong becomes a message."""
    form, level = EndForm(request.POST), request.POST.get("level", "")
    if not form.is_valid() or not level.isdigit() or int(level) not in listed:
        messages.error(request, "没有办理：请选择本职业的一个等级，并填写终止日和原因。")
        return
    given = form.cleaned_data
    with told(request):
        operations.end_level(level_id=int(level), until=given["until"], reason=given["reason"], by=request.actor, at=request.now)
        messages.success(request, "该等级的终止日已登记。")


def _carry_out(request: Request, code: str, act: str, given: dict[str, Any]) -> str:
    if act == "trade":
        trade = operations.enter_trade(code=code, name=given["name"], since=given["since"], by=request.actor, at=request.now)
        return f"已登记工种“{trade.name}”。"
    if act == "levels":
        wanted = {name: given[name] for name in ("trade", "levels", "since", "document")}
        opened = operations.open_levels(code=code, **wanted, by=request.actor, at=request.now)
        return f"已列入可备案范围：{levels_label(row.level for row in opened)}。"
    if act == "recode":
        wanted = {name: given[name] for name in ("new_code", "since", "reason")}
        recoded = operations.recode_occupation(code=code, **wanted, by=request.actor, at=request.now)
        return f"“{recoded.name}”自{recoded.since:%Y年%m月%d日}起改用编码{recoded.code}；备案该职业的机构会收到告知书。"
    ended = operations.end_occupation(code=code, until=given["until"], reason=given["reason"], by=request.actor, at=request.now)
    return f"“{ended.name}”的终止日已登记，工种、等级和标准同日终止。"
