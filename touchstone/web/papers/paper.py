"""试卷页: how far is a paper, how well does it meet its demands, who holds its key, and what can be done now?"""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone

from touchstone.accounts.actor import NotAllowed
from touchstone.kernel.law import Refusal
from touchstone.policy.documents import notice
from touchstone.policy.exams.parts import Part
from touchstone.policy.questions.kinds import kind_label
from touchstone.policy.questions.papers import holders_needed
from touchstone.policy.roles import OfficeKind
from touchstone.questions import operations, permissions
from touchstone.questions.operations import DOCUMENTS
from touchstone.questions.queries import papers as queries
from touchstone.questions.queries.papers import PaperRow
from touchstone.questions.states import PaperState
from touchstone.web.doors import Request, either_door, own_side, refused, told
from touchstone.web.downloads import send
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.papers.blueprints import LEVELS
from touchstone.web.papers.door import crumbs, keeps, paper_of, sees_items
from touchstone.web.papers.papers import state_of
from touchstone.web.papers.plans import plan_choices
from touchstone.web.refusing import told_in
from touchstone.web.templatetags.look import moment

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_SAID = {
    "choose": "已记下本卷用于哪个计划。",
    "discard": "试卷已作废。",
    "use": "已登记使用，题目的使用次数已经计入。",
}


@either_door
def paper(request: Request, number: str) -> HttpResponseBase:
    """This page will show a paper: its progress, its report or what conflicts, its seal, and what the visitor may do now."""
    found = paper_of(request, number)
    if request.method == "POST":
        _act(request, found)
        return redirect(own_side(request, "paper", number))
    label, tone = state_of(found)
    sees, stands = sees_items(request, found), found.state in {PaperState.COMPOSED, PaperState.SEALED}
    shares = list(queries.shares_of(found))
    mine = next((one for one in shares if one.holder_id == request.actor.user_id), None)
    context = {
        "paper": found,
        "crumbs": crumbs(request, (number, "")),
        "state": label,
        "tone": tone,
        "waiting": found.state == PaperState.ASKED,
        "progress_url": own_side(request, "paper_progress", number),
        "about": _about(request, found),
        "report": _report(found) if found.report.get("forms") else None,
        "conflicts": found.report.get("conflicts", []),
        "coverage_url": _coverage(request, found),
        "why_stale": queries.why_stale(found, request.today) if stands else [],
        "stale": queries.stale_in(found) if stands else [],
        "material_url": own_side(request, "paper_material_file", number) if "material" in found.report and sees else "",
        "items": _items(request, found) if sees else [],
        "shares": shares,
        "mine": mine,
        "may_keep": keeps(request, found.bank),
        "may_hold": permissions.can(request.actor, "hold", found.bank),
        "hour_has_come": found.opens_at is not None and request.now >= found.opens_at,
        "letters": [one.letter for one in queries.forms_of(found)],
        "documents": DOCUMENTS,
        "plans": plan_choices(request) if request.actor.office_kind is OfficeKind.ASSESSMENT_BODY else None,
    }
    return render(request, "papers/paper.html", context)


def _act(request: Request, found: PaperRow) -> None:
    act, by, now = request.POST.get("act", ""), request.actor, request.now
    with told(request):
        match act:
            case "choose":
                operations.choose_paper(number=found.number, case=request.POST.get("case", ""), by=by, at=now)
            case "discard":
                operations.discard_paper(number=found.number, reason=request.POST.get("reason", ""), by=by, at=now)
            case "use":
                operations.use_paper(number=found.number, case=request.POST.get("case", ""), by=by, at=now)
            case _:
                raise Refusal("没有这个事项。", next_step="请从试卷页面办理。")
        messages.success(request, _SAID[act])


def _about(request: Request, found: PaperRow) -> list[tuple[str, Any]]:
    blueprint = found.blueprint
    return [
        ("细目表", blueprint.title),
        ("标准", str(blueprint.standard)),
        ("等级和科目", f"{LEVELS.get(blueprint.level, blueprint.level)} {Part(blueprint.part).label}"),
        ("套数", f"{found.forms_asked}套"),
        ("用于", found.case or "还没有定"),
        ("组卷", f"{found.composed_by.display_name if found.composed_by else '平台'} {moment(found.composed_at)}"),
        ("启封时间", moment(found.opens_at) if found.opens_at else "封存时定"),
        ("随机种子", found.seed),
    ]


def _report(found: PaperRow) -> dict[str, Any]:
    report = found.report
    functions = [
        (f"{code} {name}".strip(), percent, exact, count, [(form["letter"], form["functions"].get(code, 0)) for form in report["forms"]])
        for code, name, percent, exact, count in report["functions"]
    ]
    letters = [form["letter"] for form in report["forms"]]
    lines: list[tuple[str, list[Any]]] = [
        ("平均难度（得分率）", [f"{form['difficulty']:.3f}" for form in report["forms"]]),
        *(
            (f"能力值{ability:g}处的测量信息", [f"{form['information'][place]:.3f}" for form in report["forms"]])
            for place, ability in enumerate(report["abilities"])
        ),
        ("同一鉴定点最多题数", [form["element_most"] for form in report["forms"]]),
        ("与最近试卷重复题数", [form["recent"] for form in report["forms"]]),
        ("题目最多已使用次数", [form["used_most"] for form in report["forms"]]),
        ("借自市级题库的题数", [form["city"] for form in report["forms"]]),
        ("有标定参数的题数", [form["calibrated"] for form in report["forms"]]),
    ]
    estimated = report["pool"] - report["calibrated"]
    return {
        **report,
        "functions": functions,
        "letters": [form["letter"] for form in report["forms"]],
        "estimated": estimated,
        "rows": [(label, list(zip(letters, values, strict=True))) for label, values in lines],
        "shared_words": "；".join(f"{one}卷与{two}卷共用{count}题" for one, two, count in report["shared"]) or "只有一套",
    }


def _coverage(request: Request, found: PaperRow) -> str:
    address = own_side(request, "bank_coverage", found.bank.number)
    blueprint = found.blueprint
    asked = {"standard": blueprint.standard.number, "level": blueprint.level, "part": blueprint.part, "papers": found.forms_asked}
    return f"{address}?{urlencode(asked)}"


def _items(request: Request, found: PaperRow) -> list[dict[str, Any]]:
    rows: dict[str, list[Any]] = {}
    for item in queries.items_of(found):
        question = item.question
        url = own_side(request, "question", question.number)
        line = (item.position, question.number, url, kind_label(question.kind, request.today), question.element, item.points, question.difficulty)
        rows.setdefault(item.form.letter, []).append(line)
    return [{"letter": letter, "rows": lines} for letter, lines in rows.items()]


@either_door
def paper_progress(request: Request, number: str) -> HttpResponseBase:
    """This fragment will show that a paper is being composed; when it is done, the whole page is asked for."""
    found = paper_of(request, number)
    waiting = found.state == PaperState.ASKED
    response = render(request, "papers/progress.html", {"waiting": waiting, "progress_url": own_side(request, "paper_progress", number)})
    if not waiting:
        response["HX-Refresh"] = "true"
    return response


class SealForm(Form):
    """Who holds the shares, and from when on the paper may be opened."""

    opens_on = forms.DateField(label="启封日期", widget=DayInput())
    opens_at = forms.TimeField(label="启封时刻", widget=forms.TimeInput({"type": "time"}), help_text="例如08:30。到时以前任何人都打不开。")
    reason = forms.CharField(label="重新封存的理由", max_length=200, required=False)

    def __init__(self, *args: Any, holders: list[tuple[str, str]], needed: int, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = [f"holder_{place}" for place in range(1, needed + 1)]
        for place, name in enumerate(self.places):
            label = f"保管人{_STEMS[place]}" if place < len(_STEMS) else f"保管人{place + 1}"
            self.fields[name] = forms.ChoiceField(label=label, choices=[("", "请选择"), *holders])
        self.order_fields(self.places)
        if not again:
            del self.fields["reason"]

    def holders(self) -> list[int]:
        """This method will give who was chosen, by user."""
        return [int(self.cleaned_data[name]) for name in self.places]


@either_door
def paper_seal(request: Request, number: str) -> HttpResponseBase:
    """This page will seal a composed paper, or seal a sealed one again after a share was lost."""
    found = paper_of(request, number)
    permissions.check_may(request.actor, "compose", found.bank)
    again = found.state == PaperState.SEALED
    people = [(str(one.user.pk), one.name) for one in operations.holders_eligible(found, request.now)]
    needed = holders_needed(request.today)
    form = SealForm(request.POST or None, holders=people, needed=needed, again=again)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            _seal(request, number, form, again)
            messages.success(request, f"已封存。请{needed}名保管人各自登录领取密钥份额，份额只显示一次。")
            return redirect(own_side(request, "paper", number))
    way = _crumbs(request, number, "封存")
    context = {"paper": found, "form": form, "again": again, "needed": needed, "crumbs": way, "enough": len(people) >= needed}
    return render(request, "papers/seal.html", context)


def _seal(request: Request, number: str, form: SealForm, again: bool) -> None:
    said = form.cleaned_data
    hour = datetime.combine(said["opens_on"], said["opens_at"], tzinfo=get_current_timezone())
    holders = form.holders()
    if again:
        operations.seal_again(number=number, holders=holders, opens_at=hour, reason=said["reason"], by=request.actor, at=request.now)
    else:
        operations.seal_paper(number=number, holders=holders, opens_at=hour, by=request.actor, at=request.now)


def _crumbs(request: Request, number: str, label: str) -> list[dict[str, str]]:
    return crumbs(request, (number, own_side(request, "paper", number)), (label, ""))


@either_door
def paper_share(request: Request, number: str) -> HttpResponseBase:
    """This page will give a holder the own share: asked for by a button, shown in this one answer, never again."""
    found = paper_of(request, number)
    permissions.check_may(request.actor, "hold", found.bank)
    share = ""
    if request.method == "POST":
        try:
            share = operations.take_share(number=number, by=request.actor, at=request.now)
        except Refusal as refusal:
            return refused(request, refusal, 409)
    mine = next((one for one in queries.shares_of(found) if one.holder_id == request.actor.user_id), None)
    groups, way = share.split("-") if share else [], _crumbs(request, number, "领取密钥份额")
    context = {"paper": found, "share": share, "groups": groups, "mine": mine, "crumbs": way}
    response = render(request, "papers/share.html", context)
    response["Cache-Control"] = "no-store"
    return response


class ShareForm(Form):
    """A share, as it was copied."""

    share = forms.CharField(label="密钥份额", max_length=200, widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}))


@either_door
def paper_open(request: Request, number: str) -> HttpResponseBase:
    """This page will take a holder's share at the hour."""
    found = paper_of(request, number)
    permissions.check_may(request.actor, "hold", found.bank)
    form = ShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            opened = operations.give_share(number=number, share=form.cleaned_data["share"], by=request.actor, at=request.now)
            done = opened.state == PaperState.OPENED
            messages.success(request, "密钥已齐，试卷已启封，可以打印。" if done else "已收下您的份额，等待其他保管人。")
            return redirect(own_side(request, "paper", number))
    shares = list(queries.shares_of(found))
    mine = next((one for one in shares if one.holder_id == request.actor.user_id), None)
    context = {
        "paper": found,
        "form": form,
        "mine": mine,
        "shares": shares,
        "sealed": found.state == PaperState.SEALED,
        "hour_has_come": found.opens_at is not None and request.now >= found.opens_at,
        "crumbs": _crumbs(request, number, "启封"),
    }
    return render(request, "papers/open.html", context)


@either_door
def paper_form_file(request: Request, number: str, letter: str, what: str) -> HttpResponseBase:
    """This page will send one document of an opened form; each print is on record."""
    found = paper_of(request, number)
    try:
        pdf = operations.printed_form(number=number, letter=letter, what=what, by=request.actor.with_key(""), at=request.now)
    except Refusal as refusal:
        return refused(request, refusal, 409)
    response: HttpResponse = send(pdf, "application/pdf", f"{found.number}{letter}卷{DOCUMENTS[what]}.pdf", inline=True)
    return response


@either_door
def paper_material_file(request: Request, number: str) -> HttpResponseBase:
    """This page will send what the composer was given, so that anyone inside the bank can compose the paper once more and compare."""
    found = paper_of(request, number)
    if not sees_items(request, found):
        step = "试卷使用登记以后，本题库的人员都可以下载核对；别的题库只能查看数量和覆盖情况。"
        raise NotAllowed("试卷使用以前，组卷素材由本题库的题库管理员和试卷保管员下载。", notice("三(二)3"), step)
    if "material" not in found.report:
        raise Http404
    said = {**found.report["material"], "seed": found.seed, "forms": found.forms_asked}
    return send(json.dumps(said, ensure_ascii=False).encode(), "application/json", f"{number}组卷素材.json")
