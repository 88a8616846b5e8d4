"""初审和专家复核页: the district's first opinion, who sits on the panel, each expert's own page, and what they come to together."""

from secrets import token_bytes
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponseBase

from touchstone.filings import operations, permissions, queries
from touchstone.web.authority.filing_acts import opinion_field, show_act
from touchstone.web.doors import Request, authority_door
from touchstone.web.forms import Form

if TYPE_CHECKING:
    from touchstone.filings.models import PanelMember


def _yes_or_no(label: str, yes: str, no: str) -> forms.TypedChoiceField:
    choices = [("yes", yes), ("no", no)]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=lambda text: text == "yes", widget=forms.RadioSelect, empty_value=None)


class FirstOpinionForm(Form):
    """Whether the district passes the application on with its support, and why."""

    favourable = _yes_or_no("初审结论", "同意上报", "不同意上报")
    opinion = opinion_field("初审意见")


class PanelForm(Form):
    """The experts, and the statement on recusal."""

    size = forms.IntegerField(
        label="随机抽取几名",
        required=False,
        min_value=1,
        help_text="不少于三名的单数。平台从没有回避情形的专家中随机抽取，抽取记录存证；留空则按下面的勾选。",
    )
    people = forms.TypedMultipleChoiceField(
        label="或者指定复核专家（不少于三名的单数）", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    recusal = opinion_field("回避核查情况")


class ReplaceForm(Form):
    """Whose seat, who takes it, and why."""

    member = forms.TypedChoiceField(label="更换哪一名专家", coerce=int)
    person = forms.TypedChoiceField(label="换为", coerce=int)
    reason = opinion_field("更换原因")


class DeclareForm(Form):
    """The expert's own statement: it has to be ticked."""

    declared = forms.BooleanField(label="本人与申请单位没有任职、合作、亲属等应当回避的关系")


class ReviewForm(Form):
    """One expert's opinion."""

    favourable = _yes_or_no("复核结论", "同意", "不同意")
    opinion = opinion_field("复核意见")


@authority_door
def filing_first_opinion(request: Request, number: str) -> HttpResponseBase:
    """This page will give the district's opinion before the city's experts look."""

    def give(given: dict[str, Any]) -> str:
        operations.give_first_opinion(number=number, favourable=given["favourable"], opinion=given["opinion"], by=request.actor, at=request.now)
        return "初审意见已提出，已送市职鉴中心专家复核。"

    form = FirstOpinionForm(request.POST or None)
    assessment = queries.latest_assessment(queries.filing(number, request.actor))
    return show_act(request, number, act="first_opinion", template="first_opinion", form=form, carry_out=give, assessment=assessment)


@authority_door
def filing_panel(request: Request, number: str) -> HttpResponseBase:
    """This page will choose the panel, or, once it is chosen, put another expert in the seat of one who has not yet spoken."""
    found = queries.filing(number, request.actor)
    permissions.check_may(request.actor, "appoint_panel", found)
    panel, choices = queries.latest_panel(found), queries.expert_choices(found, request.today)
    names = [(one.person.pk, one.person.name if one.finding.outcome == "met" else f"{one.person.name}（{one.finding.reason}）") for one in choices]
    if panel is None:
        form: Form = PanelForm(request.POST or None)
        form.fields["people"].choices = names  # type: ignore[attr-defined]
    else:
        form = ReplaceForm(request.POST or None)
        seats = [seat for seat in panel.members.all() if seat.replaced_at is None]
        form.fields["member"].choices = [(seat.pk, seat.expert.name) for seat in seats if seat.submitted_at is None]  # type: ignore[attr-defined]
        sitting = {seat.expert_id for seat in seats}
        form.fields["person"].choices = [one for one in names if one[0] not in sitting]  # type: ignore[attr-defined]

    def carry_out(given: dict[str, Any]) -> str:
        if panel is None:
            told = {"number": number, "recusal": given["recusal"], "by": request.actor, "at": request.now}
            if given["size"]:
                made = operations.draw_panel(size=given["size"], secret=token_bytes(32), **told)
                names = "、".join(seat.expert.name for seat in made.members.all())
                return f"随机抽取{names}为复核专家，请在{made.due_on:%Y年%m月%d日}前完成复核。"
            made = operations.appoint_panel(person_ids=given["people"], **told)
            return f"专家组已选定，请在{made.due_on:%Y年%m月%d日}前完成复核。"
        seat = {"member_id": given["member"], "person_id": given["person"], "reason": given["reason"]}
        member = operations.replace_expert(number=number, **seat, by=request.actor, at=request.now)
        return f"已更换为{member.expert.name}。"

    template = "panel" if panel is None else "panel_replace"
    return show_act(request, number, act="appoint_panel", template=template, form=form, carry_out=carry_out, choices=choices)


@authority_door
def filing_review(request: Request, number: str) -> HttpResponseBase:
    """This page will take an expert's statement on recusal, then the opinion; what the other experts say is not on it."""
    found = queries.filing(number, request.actor)
    permissions.check_may(request.actor, "review", found)
    panel = queries.latest_panel(found)
    seat = next((one for one in panel.members.all() if one.replaced_at is None and _sits(one, request)), None) if panel else None
    declares = seat is not None and seat.declared_at is None
    form = DeclareForm(request.POST or None) if declares else ReviewForm(request.POST or None)

    def give(given: dict[str, Any]) -> str:
        if declares:
            operations.declare_no_tie(number=number, by=request.actor, at=request.now)
            return "已声明，请阅读材料后提出复核意见。"
        said = {"favourable": given["favourable"], "opinion": given["opinion"]}
        operations.submit_panel_opinion(number=number, **said, by=request.actor, at=request.now)
        return "复核意见已提交；全部专家提交后才互相可见。"

    return show_act(request, number, act="review", template="review", form=form, carry_out=give, seat=seat)


def _sits(seat: "PanelMember", request: Request) -> bool:
    user = getattr(seat.expert, "user", None)
    return user is not None and user.pk == request.actor.user_id


@authority_door
def filing_panel_conclude(request: Request, number: str) -> HttpResponseBase:
    """This page will draw the experts' opinions together by majority."""

    def conclude(_given: dict[str, Any]) -> str:
        done = operations.conclude_panel(number=number, by=request.actor, at=request.now)
        return f"专家复核{'通过' if done.passed else '未通过'}，已送审批负责人。"

    form = Form(request.POST if request.method == "POST" else None)  # it has no field of its own: an empty post is a post
    return show_act(request, number, act="conclude_panel", template="panel_conclude", form=form, carry_out=conclude)
