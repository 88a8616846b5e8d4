"""真假自查和未经备案提示: is whoever evaluates filed, are the words on this certificate the State's to use, and of whom is warned?"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from touchstone.bodies.queries import search
from touchstone.complaints.facts import looked_up
from touchstone.complaints.queries import standing_warning, warnings
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.supervision.unfiled import WORDS_NOT_TO_USE, Claim, Seen, check_evaluator
from touchstone.web.doors import Request
from touchstone.web.forms import Form
from touchstone.web.paging import CappedPaginator, page_size

LEVEL_WORDS = ("职业技能等级", "技能等级证书", "初级工", "中级工", "高级工", "技师")
OFFERED = 5


@require_safe
def unfiled_warnings(request: Request) -> HttpResponseBase:
    """This page will list of whom the public is warned, with the reason; what was taken off stays, with why."""
    text = request.GET.get("q", "").strip()[:120]
    found = warnings().filter(name__holds=text) if text else warnings()
    page = CappedPaginator(found, found, page_size(request.GET.get("per_page"))).get_page(request.GET.get("page"))
    rows = [
        {
            "one": one,
            "district": DISTRICTS.get(one.district, ""),
            "reasons": [finding for finding in one.findings if finding["outcome"] == "unmet"],
            "stands": one.off_at is None,
        }
        for one in page
    ]
    return render(request, "public/unfiled_warnings.html", {"page": page, "rows": rows, "text": text})


class CheckForm(Form):
    """Who evaluates, and what stands on the certificate or in the advertisement."""

    name = forms.CharField(
        label="谁在评价、发证", required=False, max_length=160,
        widget=forms.TextInput({"placeholder": "全称或者统一社会信用代码", "autocomplete": "off"}),
    )  # fmt: skip
    title = forms.CharField(
        label="证书上的大字", required=False, max_length=160,
        widget=forms.TextInput({"placeholder": "照抄，例如：全国高级收纳师岗位能力证书", "autocomplete": "off"}),
    )  # fmt: skip
    claim = forms.ChoiceField(
        label="说是什么证书",
        required=False,
        choices=[("", "不清楚"), (Claim.LEVEL.value, "职业技能等级证书（几级、高级工、技师）"), (Claim.ABILITY.value, "能力、水平、培训证书")],
    )
    emblem = forms.BooleanField(label="证书或者广告上有国徽", required=False)
    promises = forms.BooleanField(label="说“包过”、国家认可或者可以领补贴", required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two is enough."""
        given = super().clean() or self.cleaned_data
        if not (given.get("name") or "").strip() and not (given.get("title") or "").strip():
            self.add_error("name", "请填写单位名称，或者证书上的字。")
        return given


@dataclass(frozen=True)
class Line:
    """What one rule finds, in plain words, with its clause."""

    title: str
    outcome: str
    words: str
    clause: str


_PLAIN = {"met": "没有问题", "unmet": "有问题", "unproven": "还不能判断"}


@require_safe
def is_it_real(request: Request) -> HttpResponseBase:
    """This page will try what anybody typed against every rule, and lead on to complaining."""
    form = CheckForm(request.GET if request.GET else None)
    context: dict[str, Any] = {"form": form, "words": WORDS_NOT_TO_USE.on(request.today).value}
    if form.is_bound and form.is_valid():
        context |= _answered(request, form.cleaned_data)
    return render(request, "public/is_it_real.html", context)


def _answered(request: Request, given: dict[str, Any]) -> dict[str, Any]:
    name, title = given["name"].strip(), given["title"].strip()
    of_level = any(word in title for word in LEVEL_WORDS)
    claim = Claim(given["claim"]) if given["claim"] else Claim.LEVEL if of_level or not title else Claim.ABILITY
    found = looked_up(name, request.today) if name else None
    seen = Seen(name or "该单位", claim, title, given["emblem"], given["promises"], found.filed if found else None)
    findings = check_evaluator(seen, request.today)
    near = [] if found is None or found.body else list(search(name)[:OFFERED])
    told = {"about": name, "certificate_number": ""} if name else {}
    return {
        "lines": [Line(one.title, one.outcome.value, one.reason, one.clause.short) for one in findings if _speaks(one.rule, claim)],
        "plain": _PLAIN,
        "claim": claim,
        "ability": claim is Claim.ABILITY,
        "assumed": not given["claim"],
        "found": found,
        "near": [(one, urlencode({"name": one.name, "title": title, "claim": given["claim"]})) for one in near],
        "warning": standing_warning(found.body.name if found and found.body else name),
        "bad": any(one.outcome.value == "unmet" for one in findings),
        "complain": f"{reverse('public:complaint')}?{urlencode({'body': found.body.number} if found and found.body else told)}",
        "register": f"{reverse('public:filed_for')}?{urlencode({'body': found.body.number})}" if found and found.body else "",
    }


def _speaks(rule: str, claim: Claim) -> bool:
    """What a rule says of the other kind of certificate says nothing here."""
    return not (rule.endswith("certificate_words_are_clean") and claim is Claim.LEVEL)
