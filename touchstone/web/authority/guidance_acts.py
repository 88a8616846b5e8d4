"""主管办理技术指导: an office publishes a paper, sends a notice, puts a visit on record."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from touchstone.bodies.queries import bodies, venues_of
from touchstone.guidance import operations, permissions, queries
from touchstone.guidance.states import NoticeKind, PaperKind, Reach, Topic
from touchstone.policy.districts import district_name
from touchstone.policy.roles import BodyKind
from touchstone.web.doors import Request, authority_door, told
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.guidance_tabs import tabs
from touchstone.web.places import DISTRICT_CHOICES, industry_choices, industry_label
from touchstone.web.refusing import told_in

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

FIRST = 5
_TRAINING = ("held_on", "place", "hours", "seats", "sign_up_by")


class PaperForm(Form):
    """A paper with its file."""

    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *PaperKind.choices])
    topic = forms.ChoiceField(label="主题", choices=[("", "请选择"), *Topic.choices])
    title = forms.CharField(label="名称", max_length=120)
    edition = forms.CharField(label="版次", max_length=40, help_text="例如：2026年第1版。")
    introduction = forms.CharField(label="说明", required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))
    reach = forms.ChoiceField(label="公开范围", choices=Reach.choices, initial=Reach.PUBLIC)
    since = forms.DateField(label="启用日", widget=DayInput())
    last_day = forms.DateField(label="有效期截止日", required=False, widget=DayInput(), help_text="含当日；长期有效的不填。")
    replaces = forms.ChoiceField(label="替代哪一版", required=False, help_text="被替代的版次自启用日起停用，留存备查。")
    paper = forms.FileField(label="文件", help_text="xlsx、pdf、csv 或图片，不超过20MB。")

    def __init__(self, *args: Any, former: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaces"].choices = [("", "不替代"), *former]  # type: ignore[attr-defined]


class NoticeForm(Form):
    """A notice and to whom it goes."""

    kind = forms.ChoiceField(label="通知类别", choices=NoticeKind.choices)
    title = forms.CharField(label="标题", max_length=120)
    words = forms.CharField(label="内容", max_length=8000, widget=forms.Textarea({"rows": 6}), help_text="培训通知请写明内容和参加人员。")
    read_by_on = forms.DateField(label="阅知期限", widget=DayInput())
    body_kind = forms.ChoiceField(label="机构类别", required=False, choices=[("", "全部"), *((one.value, one.label) for one in BodyKind)])
    district = forms.ChoiceField(label="注册地", required=False)
    industry = forms.ChoiceField(label="行业", required=False)
    held_on = forms.DateField(label="培训日期", required=False, widget=DayInput(), help_text="填写后机构可以在线报名；不接受报名的，以下五项都不填。")
    place = forms.CharField(label="培训地点", required=False, max_length=120)
    hours = forms.IntegerField(label="学时", required=False, min_value=1, max_value=operations.MOST_HOURS)
    seats = forms.IntegerField(label="名额（人）", required=False, min_value=1, max_value=operations.MOST_SEATS)
    sign_up_by = forms.DateField(label="报名截止日", required=False, widget=DayInput())
    named = forms.CharField(
        label="指定机构",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="每行一家，写机构全称或统一社会信用代码；填写后不再按类别、区和行业选择。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].choices = [("", "全部"), *DISTRICT_CHOICES]  # type: ignore[attr-defined]
        self.fields["industry"].choices = [("", "全部"), *industry_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        missing = [name for name in _TRAINING if not given.get(name) and name not in self.errors]
        if len(missing) < len(_TRAINING):
            for name in missing:
                self.add_error(name, "接受报名的，这一项也要填写。")
        return given

    @property
    def training(self) -> operations.TrainingTerms | None:
        """What may be signed up for; None when nothing was filled in."""
        return operations.TrainingTerms(**{name: self.cleaned_data[name] for name in _TRAINING}) if self.cleaned_data.get("held_on") else None


class WhichBodyForm(Form):
    """Which body was visited."""

    body = forms.CharField(label="走访的机构", max_length=120, help_text="机构全称、统一社会信用代码或机构编号。")


class VisitForm(Form):
    """What was seen and advised."""

    venue = forms.ChoiceField(label="考核点", required=False)
    visited_on = forms.DateField(label="走访日期", widget=DayInput())
    topic = forms.ChoiceField(label="主题", choices=[("", "请选择"), *Topic.choices])
    second_officer = forms.ChoiceField(label="同去的同事")
    found = forms.CharField(label="了解到的情况", max_length=4000, widget=forms.Textarea({"rows": 4}))
    advice = forms.CharField(label="指导意见", max_length=4000, widget=forms.Textarea({"rows": 4}))
    follow_up_on = forms.DateField(label="回访日期", required=False, widget=DayInput(), help_text="到期提醒本单位；不需要回访的不填。")

    def __init__(self, *args: Any, venues: list[tuple[str, str]], officers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].choices = [("", "不在考核点"), *venues]  # type: ignore[attr-defined]
        self.fields["second_officer"].choices = [("", "请选择"), *officers]  # type: ignore[attr-defined]


def _show(request: Request, form: Form, title: str, button: str, hint: str, back: str, back_label: str) -> HttpResponseBase:
    back_url = reverse(back)
    crumbs = [{"label": back_label, "url": back_url}, {"label": title, "url": ""}]
    context = {"form": form, "title": title, "button": button, "hint": hint, "crumbs": crumbs, "back_url": back_url}
    return render(request, "body/entry_new.html", context)


@authority_door
def paper_new(request: Request) -> HttpResponseBase:
    """This page will publish a paper."""
    permissions.check_may_advise(request.actor)
    former = [(one.number, f"{one} {one.number}") for one in queries.replaceable(request.actor, request.today)]
    form = PaperForm(request.POST or None, request.FILES or None, former=former, initial={"since": request.today})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in form.fields if name not in {"paper", "request_key"}}
        upload = form.cleaned_data["paper"]
        with told_in(form):
            made = operations.publish_paper(**given, name=upload.name, content=upload.read(), by=request.actor, at=request.now)
            messages.success(request, f"资料{made.number}已发布。")
            return redirect("authority:guidance_paper", made.number)
    return _show(request, form, "发布资料", "发布", "发布后不能修改；需要更改的，请发布新版次替代。", "authority:guidance_papers", "模板和指导资料")


@require_POST
@authority_door
def paper_end(request: Request, number: str) -> HttpResponseBase:
    """This page will let a paper count no longer."""
    with told(request):
        operations.end_paper(number=number, reason=request.POST.get("reason", ""), by=request.actor, at=request.now)
        messages.success(request, "资料已停用。")
    return redirect("authority:guidance_paper", number)


@authority_door
def notice_new(request: Request) -> HttpResponseBase:
    """This page will send a notice to bodies of the office's ground."""
    permissions.check_may_advise(request.actor)
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("kind", "title", "words", "read_by_on")}
        to, chosen, unknown = _chosen(request, form.cleaned_data)
        if unknown:
            form.add_error("named", f"本辖区内没有找到：{'、'.join(unknown)}。请核对名称或统一社会信用代码。")
        else:
            with told_in(form):
                made = operations.send_notice(**given, training=form.training, to=to, chosen=chosen, by=request.actor, at=request.now)
                messages.success(request, f"通知{made.number}已发给{len(to)}家机构。")
                return redirect("authority:guidance_notice", made.number)
    return _show(request, form, "发出通知", "发出", "只发给本辖区、本行业的机构；发出后不能修改。", "authority:guidance_notices", "培训和指导通知")


def _chosen(request: Request, given: dict[str, Any]) -> "tuple[list[Body], str, list[str]]":
    """The bodies meant, how they were chosen in words, and which of the named ones are not known here."""
    ground = bodies(request.actor).filter(gone_on__isnull=True)
    named = list(dict.fromkeys(line.strip() for line in given["named"].splitlines() if line.strip()))
    if named:
        found = {key: body for body in ground.filter(name__in=named) | ground.filter(uscc__in=named) for key in (body.name, body.uscc)}
        return list({found[one].pk: found[one] for one in named if one in found}.values()), "指定名单", [one for one in named if one not in found]
    words = []
    if given["body_kind"]:
        ground, words = ground.filter(kind=given["body_kind"]), [BodyKind(given["body_kind"]).label]
    if given["district"]:
        ground = ground.filter(district=given["district"])
        words.append(district_name(given["district"]))
    if given["industry"]:
        ground = ground.filter(industry=given["industry"])
        words.append(industry_label(given["industry"]))
    return list(ground), "、".join(words) or "本辖区全部机构", []


@authority_door
def visit_new(request: Request) -> HttpResponseBase:
    """This page will find the body that was visited and lead on to the record."""
    permissions.check_may_advise(request.actor)
    form = WhichBodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["body"].strip()
        ground = bodies(request.actor)
        found = (ground.filter(name=text) | ground.filter(uscc=text.upper()) | ground.filter(number=text.upper())).first()
        if found is not None:
            return redirect("authority:guidance_visit_of", found.number)
        form.add_error("body", "本辖区和行业范围内没有找到这家机构，请核对名称。")
    return _show(request, form, "登记走访", "下一步", "指导走访不是检查，不据此作出处理。", "authority:guidance_visits", "指导走访")


@authority_door
def visit_of(request: Request, number: str) -> HttpResponseBase:
    """This page will put a visit to a body on record, on a phone as well. :raises Http404:"""
    body = bodies(request.actor).filter(number=number).first()
    if body is None:
        raise Http404
    permissions.check_may_advise_body(request.actor, body)
    venues = [(one.number, one.name) for one in venues_of(body, request.today)]
    officers = [(one.number, one.name) for one in queries.officers(request.actor, request.today)]
    form = VisitForm(request.POST or None, venues=venues, officers=officers, initial={"visited_on": request.today})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in form.fields if name != "request_key"}
        with told_in(form):
            made = operations.record_visit(body=body, **given, by=request.actor, at=request.now)
            messages.success(request, f"走访{made.number}已登记，等待机构确认。")
            return redirect("authority:guidance_visit", made.number)
    return _show(request, form, f"走访{body.name}", "登记", "指导走访不是检查，不据此作出处理。", "authority:guidance_visits", "指导走访")


@authority_door
def industry(request: Request) -> HttpResponseBase:
    """This page will show an industry authority what is asked, published, notified and visited in its field."""
    own = request.actor.office_id
    context = {
        "tabs": tabs(request.actor, "industry_guidance"),
        "inquiries": queries.inquiries(request.actor)[:FIRST],
        "waiting": queries.inquiries(request.actor).filter(office_id=own, state="waiting").count(),
        "papers": queries.papers(request.actor).filter(office_id=own)[:FIRST],
        "notices": queries.notices(request.actor).filter(office_id=own)[:FIRST],
        "visits": queries.visits(request.actor)[:FIRST],
        "field": f"{district_name(request.actor.district) if request.actor.district else ''}{industry_label(request.actor.industry)}",
        "may_advise": not permissions.why_not(permissions.check_may_advise, request.actor),
    }
    return render(request, "authority/industry_guidance.html", context)
