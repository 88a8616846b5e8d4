"""名录答复页: is this body filed for this, on this day? A page that can be printed, whose address keeps the day, and the same as JSON."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from touchstone.bodies import queries as bodies
from touchstone.catalogue import queries as catalogue
from touchstone.filings.queries import Answered, filed_for
from touchstone.policy.districts import DISTRICTS, district_name
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.filing.answer import Asked
from touchstone.print.codes import qr_svg
from touchstone.web.doors import Request
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES, level_label
from touchstone.web.places import VENUE_DISTRICT_CHOICES

if TYPE_CHECKING:
    from touchstone.bodies.queries import BodyRow
    from touchstone.filings.models import ScopeItem

SCHEMA = "touchstone.register.answer/1"
OFFERED = 20
_CODES = {"outside": ""} | {code: code for code in DISTRICTS}


class AskForm(Form):
    """The question: whose filing, for what, where, on which day. Only the body must be named."""

    body = forms.CharField(label="机构", max_length=120, widget=forms.TextInput({"placeholder": "全称、信用代码或机构编号", "autocomplete": "off"}))
    occupation = forms.CharField(
        label="职业", required=False, max_length=80, widget=forms.TextInput({"placeholder": "名称或编码", "autocomplete": "off"})
    )
    trade = forms.CharField(label="工种", required=False, max_length=80)
    level = forms.ChoiceField(label="等级", required=False, choices=[("", "不限"), *LEVEL_CHOICES])
    district = forms.ChoiceField(label="考核点所在区", required=False, choices=[("", "不限"), *VENUE_DISTRICT_CHOICES])
    day = forms.DateField(label="日期", widget=DayInput())


@dataclass
class Question:
    """What was asked, as far as it could be understood: the body, or several that it may be; and what is wrong with it."""

    form: AskForm
    day: date
    body: "BodyRow | None" = None
    may_be: "tuple[BodyRow, ...]" = ()
    asked: Asked = field(default_factory=Asked)
    occupation: Any = None

    @property
    def address(self) -> str:
        """The lasting address of this question, with its day."""
        given = {
            "body": self.body.number if self.body else "",
            "occupation": self.asked.code,
            "trade": self.asked.trade,
            "level": str(self.asked.level.value) if self.asked.level else "",
            "district": (self.asked.district or "outside") if self.asked.district is not None else "",
            "day": self.day.isoformat(),
        }
        return urlencode({name: value for name, value in given.items() if value})


def understand(request: Request) -> Question:
    """This function will read the question out of the address; whatever is wrong with it stands at its field."""
    given = request.GET.copy()
    if not given.get("day"):
        given["day"] = request.today.isoformat()
    form = AskForm(given if request.GET.get("body") else None, initial=dict(given.items()))
    question = Question(form, request.today)
    if not form.is_bound or not form.is_valid():
        return question
    told = form.cleaned_data
    question.day = told["day"]
    question.body = bodies.body_told(told["body"])
    found = () if question.body else tuple(bodies.search(told["body"])[:OFFERED])
    if len(found) == 1:
        question.body = found[0]
    elif found:
        question.may_be = found
    question.asked = Asked(
        level=Level(int(told["level"])) if told["level"] else None, district=_CODES[told["district"]] if told["district"] else None
    )
    if told["occupation"]:
        _add_occupation(question, told["occupation"], told["trade"].strip())
    elif told["trade"]:
        form.add_error("occupation", "填写工种的，请同时填写职业。")
    return question


def _add_occupation(question: Question, text: str, trade: str) -> None:
    """An occupation by code (also one that has left the list), or by a name that is only one's on that day."""
    code = text.split(maxsplit=1)[0] if text.split() else ""
    occupation = catalogue.occupation(code, question.day) or catalogue.history(code).first()
    if occupation is None:
        found = list(catalogue.search(text, question.day)[:50])
        same = [one for one in found if one.name == text.strip()]
        if len(same or found) != 1:
            names = "、".join(f"{one.code} {one.name}" for one in found[:5])
            question.form.add_error("occupation", f"“{text}”可能是：{names}。请写编码。" if found else f"职业目录中没有“{text}”，请核对名称或编码。")
            return
        occupation = (same or found)[0]
    if trade and not catalogue.trades_of(occupation).filter(name=trade).exists():
        question.form.add_error("trade", f"“{occupation.name}”没有工种“{trade}”。")
        return
    title = f"{occupation.name}（{trade}）" if trade else occupation.name
    question.occupation = occupation
    question.asked = Asked(occupation.code, trade, title, question.asked.level, question.asked.district)


def answer_page(request: Request) -> HttpResponseBase:
    """This page will answer, in one sentence with its clause, venues and days; the address is put right so that it can be kept and printed."""
    question = understand(request)
    context: dict[str, Any] = {"form": question.form, "question": question, "crumbs": [
        {"label": "评价机构名录", "url": reverse("public:register")}, {"label": "备案答复"}
    ]}  # fmt: skip
    if question.form.is_bound and not question.form.errors and question.body is not None:
        if request.GET.urlencode() != question.address:
            return redirect(f"{reverse('public:filed_for')}?{question.address}")
        found = filed_for(question.body, question.asked, question.day)
        link = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('public:filed_for')}?{question.address}"
        context |= {"found": found, "rows": [_row(item) for item in found.items], "link": link, "code": qr_svg(link, 3), "now": request.now}
        context |= {"json": f"{reverse('public:filed_for_file')}?{question.address}", "tone": _tone(found), "later": question.day > request.today}
        context["district"] = district_name(question.asked.district) if question.asked.district is not None else ""
    elif question.form.is_bound:
        given = {name: value for name, value in request.GET.items() if name != "body"}
        context["choices"] = [(one, urlencode({"body": one.number, **given})) for one in question.may_be]
        context["unknown"] = not question.form.errors and not question.may_be
    return render(request, "public/filed_for.html", context)


def answer_json(request: Request) -> HttpResponseBase:
    """This address will give the same answer to machines, in a shape that stays (see the page on open data)."""
    question = understand(request)
    if not question.form.is_bound:
        return _json({"schema": SCHEMA, "error": "请在地址中写明 body（机构编号、统一社会信用代码或全称）。"}, 400)
    if question.form.errors:
        told = "；".join(f"{name}：{'；'.join(str(one) for one in errors)}" for name, errors in question.form.errors.items())
        return _json({"schema": SCHEMA, "error": told}, 400)
    if question.body is None:
        many = [{"number": one.number, "name": one.name} for one in question.may_be]
        words = "名称或代码对应不止一家机构，请写机构编号。" if many else "没有名称、信用代码或编号相符的机构，它没有在本平台备案。"
        return _json({"schema": SCHEMA, "error": words, "candidates": many}, 404)
    found = filed_for(question.body, question.asked, question.day)
    link = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('public:filed_for')}?{question.address}"
    return _json(
        {
            "schema": SCHEMA,
            "body": {"number": question.body.number, "name": question.body.name, "uscc": question.body.uscc},
            "asked": {
                "occupation_code": question.asked.code or None,
                "occupation": question.asked.title or None,
                "trade": question.asked.trade or None,
                "level": question.asked.level.value if question.asked.level else None,
                "district": question.asked.district,
                "day": question.day.isoformat(),
            },
            "filed": found.answer.verdict.is_yes,
            "verdict": found.answer.verdict.value,
            "sentence": f"{question.body.name}：{found.answer.finding.reason}。",
            "clause": found.answer.finding.clause.short,
            "lines": [_line(item) for item in found.items],
            "page": link,
            "answered_at": request.now.isoformat(timespec="seconds"),
        }
    )


def _json(told: dict[str, Any], code: int = 200) -> JsonResponse:
    response = JsonResponse(told, status=code, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Access-Control-Allow-Origin"] = "*"  # public facts, for anybody's page to ask
    response["Cache-Control"] = "public, max-age=60"
    return response


def _row(item: "ScopeItem") -> dict[str, Any]:
    return {"item": item, "level": level_label(item.level), "district": district_name(item.venue.district)}


def _line(item: "ScopeItem") -> dict[str, Any]:
    root = item.filing.root or item.filing
    return {
        "filing": root.number,
        "former_number": root.former_number or None,
        "occupation_code": item.occupation.code,
        "occupation": item.occupation.name,
        "trade": item.trade.name if item.trade else None,
        "level": item.level,
        "standard": str(item.standard),
        "venue": item.venue.name,
        "venue_district": item.venue.district or None,
        "since": item.since.isoformat() if item.since else None,
        "until": item.until.isoformat() if item.until else None,
    }


def _tone(found: Answered) -> str:
    return "ok" if found.answer.verdict.is_yes else "warn" if found.answer.verdict in {"suspended", "out_of_scope", "not_yet"} else "danger"
