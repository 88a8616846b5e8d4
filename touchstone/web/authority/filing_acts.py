"""备案办理页: the forms with which an office answers, appoints, returns, concludes and decides."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from touchstone.filings import operations, permissions, queries
from touchstone.filings.operations.conclude import judged
from touchstone.notices.queries import objections_of
from touchstone.web.authority.filing import case_context
from touchstone.web.doors import Request, authority_door
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in


def opinion_field(label: str, *, required: bool = True) -> forms.CharField:
    """This function will give a field for words."""
    return forms.CharField(label=label, required=required, max_length=2000, widget=forms.Textarea({"rows": 4}))


class ConsentAnswer(Form):
    """Yes or no, and why."""

    given = forms.TypedChoiceField(
        label="答复", choices=[("yes", "同意"), ("no", "不同意")], coerce=lambda text: text == "yes", widget=forms.RadioSelect, empty_value=None
    )
    opinion = opinion_field("意见（不同意的须写明理由）", required=False)


class Appointment(Form):
    """Two assessors and the statement on recusal."""

    people = forms.TypedMultipleChoiceField(label="技术评估员（两名）", coerce=int, widget=forms.CheckboxSelectMultiple)
    recusal = opinion_field("回避情况")


class Return(Form):
    """What has to be put right, in all and section by section."""

    reason = opinion_field("总的补正要求")


class Decision(Form):
    """Accepted or not, and why."""

    accept = forms.TypedChoiceField(
        label="决定",
        choices=[("yes", "准予备案，予以公示"), ("no", "不予备案")],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        empty_value=None,
    )
    opinion = opinion_field("决定意见")


class Conclusion(Form):
    """Draw together, or give back."""

    reason = opinion_field("退回会商的原因", required=False)


class ObjectionAnswer(Form):
    """Whether an objection is right, and the answer."""

    upheld = forms.TypedChoiceField(
        label="核查结论",
        choices=[("no", "异议不成立，继续公示"), ("yes", "异议成立，中止公示并重新审核")],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        empty_value=None,
    )
    answer = opinion_field("答复意见")


PHRASES = {
    "consent": ("同意该单位开展职业技能等级自主评价。", "该单位具备相应行业基础，同意申请。", "申报范围与该单位主营业务不符，不同意。"),
    "appoint": ("两名评估员与申请单位无亲属、任职、培训合作等应当回避的关系。",),
    "return": ("所附材料不清晰，请重新上传。", "管理制度与本单位实际不符，请修改后重新提交。", "考场信息与佐证材料不一致，请核实更正。"),
    "first_opinion": ("技术评估合格，材料齐全，同意上报市职鉴中心。", "技术评估不合格，不同意上报。"),
    "copy": ("该机构在贵区设有考核点，请知悉。", "请知悉，并在指导和督导中予以关注。"),
    "panel": ("已核对专家任职和兼职，与申请单位无应当回避的关系。",),
    "review": ("材料齐全，场地、设备、人员和制度具备条件，同意。", "题库来源和保密措施说明不足，不同意。"),
    "decision": ("经审核和技术评估，申请单位具备条件，准予备案。", "技术评估未达到合格线，不予备案。", "异议经查属实，不予备案。"),
    "suspend": ("经查实存在严重违规行为，责令限期整改，整改期间暂停评价。", "考核点设施不符合条件，暂停在该考核点的评价。"),
    "restore": ("整改到位，经复查符合条件，恢复评价。", "整改尚未完成，继续暂停。"),
    "objection": ("经核查，反映的情况不属实。", "经核查，反映的情况属实，中止公示并重新审核。"),
}


TITLES = {
    "consent": "答复是否同意",
    "appoint": "指派技术评估员",
    "return": "退回申请单位补正",
    "conclude": "汇总技术评估",
    "decision": "作出备案决定",
    "objection": "核查并答复",
    "first_opinion": "提出初审意见",
    "panel": "选定复核专家",
    "panel_replace": "更换复核专家",
    "review": "专家复核",
    "panel_conclude": "汇总专家复核",
    "return_to_step": "退回到前面的环节",
    "ask": "加签",
    "answer": "答复加签",
    "suspend": "暂停评价",
    "restore": "恢复评价",
    "copy": "抄送",
}


def show_act(
    request: Request, number: str, *, act: str, template: str, form: Form, carry_out: Callable[[dict[str, Any]], str], **extra: Any
) -> HttpResponseBase:
    """Show one form of a filing; carry it out when it is sent whole; a refusal stands above it with everything typed kept."""
    found = queries.filing(number, request.actor)
    permissions.check_may(request.actor, act, found)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            messages.success(request, carry_out(form.cleaned_data))
            return redirect("authority:filing", number)
    context = case_context(found, request) | {"form": form, "phrases": PHRASES.get(template, ()), "act_title": TITLES[template]} | extra
    return render(request, f"authority/filing_{template}.html", context)


@authority_door
def filing_consent(request: Request, number: str) -> HttpResponseBase:
    """This page will answer for the actor's office whether it agrees."""

    def answer(given: dict[str, Any]) -> str:
        operations.answer_consent(number=number, given=given["given"], opinion=given["opinion"], by=request.actor, at=request.now)
        return "已答复：同意。" if given["given"] else "已答复：不同意，理由已告知申请单位。"

    return show_act(request, number, act="answer_consent", template="consent", form=ConsentAnswer(request.POST or None), carry_out=answer)


@authority_door
def filing_appoint(request: Request, number: str) -> HttpResponseBase:
    """This page will appoint two assessors of the district."""
    found = queries.filing(number, request.actor)
    form = Appointment(request.POST or None)
    choices = queries.assessor_choices(found, request.today)
    form.fields["people"].choices = [(person.pk, person.name) for person in choices]  # type: ignore[attr-defined]

    def appoint(given: dict[str, Any]) -> str:
        made = operations.appoint_assessors(number=number, person_ids=given["people"], recusal=given["recusal"], by=request.actor, at=request.now)
        return f"已指派，请在{made.due_on:%Y年%m月%d日}前完成技术评估。"

    return show_act(request, number, act="appoint", template="appoint", form=form, carry_out=appoint, choices=choices)


@authority_door
def filing_return(request: Request, number: str) -> HttpResponseBase:
    """This page will send an application back, saying once and for all what has to be put right."""
    form = Return(request.POST or None)
    sections = queries.sections_of(queries.filing(number, request.actor), request.today)
    for key, title in sections.items():
        form.fields[f"point_{key}"] = forms.CharField(label=title, required=False, max_length=1000, widget=forms.Textarea({"rows": 2}))

    def send_back(given: dict[str, Any]) -> str:
        points = {key: given[f"point_{key}"] for key in sections}
        request_made = operations.return_for_supplement(number=number, reason=given["reason"], points=points, by=request.actor, at=request.now)
        return f"已退回申请单位，补正期限{request_made.due_on:%Y年%m月%d日}。"

    return show_act(request, number, act="return", template="return", form=form, carry_out=send_back)


@authority_door
def filing_conclude(request: Request, number: str) -> HttpResponseBase:
    """This page will show what both sheets come to, and conclude the assessment or give the sheets back."""
    found = queries.filing(number, request.actor)
    assessment = queries.latest_assessment(found)
    form = Conclusion(request.POST or None)

    def conclude(given: dict[str, Any]) -> str:
        if request.POST.get("act") == "return_sheets":
            operations.return_sheets(number=number, reason=given["reason"], by=request.actor, at=request.now)
            return "已退回两名评估员会商后重新评分。"
        done = operations.conclude_assessment(number=number, by=request.actor, at=request.now)
        return f"技术评估已汇总：{done.score}分，{'合格' if done.passed else '不合格'}，已送下一环节。"

    result = judged(found, assessment, request.today) if assessment else None
    sheets = sorted(assessment.sheets.all(), key=lambda sheet: sheet.pk) if assessment else []
    all_in = bool(sheets) and all(sheet.submitted_at for sheet in sheets)
    totals = list(zip(sheets, result.totals, strict=True)) if result and all_in else [(sheet, None) for sheet in sheets]
    return show_act(
        request, number, act="conclude", template="conclude", form=form, carry_out=conclude, assessment=assessment, result=result,
        totals=totals, all_in=all_in,
    )


@authority_door
def filing_decision(request: Request, number: str) -> HttpResponseBase:
    """This page will decide a filing: announce its acceptance or refuse it with reasons."""

    def decide(given: dict[str, Any]) -> str:
        operations.decide(number=number, accept=given["accept"], opinion=given["opinion"], by=request.actor, at=request.now)
        return "已准予备案并开始公示，期满无异议后自动完成备案并报送市职鉴中心。" if given["accept"] else "已作出不予备案的决定，理由已告知申请单位。"

    found = queries.filing(number, request.actor)
    extra = {"assessment": queries.latest_assessment(found)}
    return show_act(request, number, act="decide", template="decision", form=Decision(request.POST or None), carry_out=decide, **extra)


@authority_door
def filing_objection(request: Request, number: str) -> HttpResponseBase:
    """This page will answer the oldest open objection to the filing's notice."""
    objection = objections_of(number).filter(answered_at__isnull=True).first()

    def answer(given: dict[str, Any]) -> str:
        wanted = request.POST.get("objection", "")
        operations.answer_filing_objection(
            number=number, objection=wanted, upheld=given["upheld"], answer=given["answer"], by=request.actor, at=request.now
        )
        return "异议成立，公示已中止，请重新审核。" if given["upheld"] else "已答复：异议不成立。"

    form = ObjectionAnswer(request.POST or None)
    return show_act(request, number, act="answer_objection", template="objection", form=form, carry_out=answer, objection=objection)
