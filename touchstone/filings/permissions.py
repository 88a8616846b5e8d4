"""备案权限: who may do what with a filing, and what is the sentence when not?"""

from dataclasses import dataclass
from datetime import date

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings.models import AddedOpinion, AssessorSheet, Filing, Loading, PanelMember
from touchstone.filings.queries.routing import handler, has_step, reviewed_steps
from touchstone.policy.documents import notice
from touchstone.policy.filing.routes import IN_FORCE_FROM
from touchstone.policy.roles import OfficeKind, Role

_BODY = frozenset({Role.BODY_FILER, Role.BODY_LEADER})
_HANDLERS = frozenset({Role.INTAKE_CLERK, Role.DIRECTOR})
_CLERK, _DIRECTOR = frozenset({Role.INTAKE_CLERK}), frozenset({Role.DIRECTOR})


@dataclass(frozen=True)
class _Who:
    side: str
    roles: frozenset[Role]
    sentence: str


_WHO = {
    "begin": _Who("body", _BODY, "备案申请由本机构的备案经办人或负责人填报"),
    "write": _Who("body", _BODY, "备案申请由本机构的备案经办人或负责人填报、提交和撤回"),
    "answer_consent": _Who("asked", frozenset({Role.CONSENT_OFFICER}), "同意与否由被征求意见部门的意见经办人答复"),
    "return": _Who("step", _HANDLERS, "退回由当前环节承办单位的受理经办人或审批负责人办理"),
    "ask_opinion": _Who("step", _HANDLERS, "加签由当前环节承办单位的受理经办人或审批负责人提出"),
    "copy": _Who("handles", _HANDLERS | {Role.REGISTRAR}, "抄送由承办本件的单位的受理经办人、审批负责人或备案登记员办理"),
    "answer_opinion": _Who("opinion", frozenset(Role) - {Role.PLATFORM}, "加签意见由被征询单位的指定岗位答复"),
    "appoint": _Who("technical_assessment", _HANDLERS, "指派技术评估员由组织技术评估单位的受理经办人或审批负责人办理"),
    "assess": _Who("assessor", frozenset({Role.TECHNICAL_ASSESSOR}), "评分和踏勘由本次指派的技术评估员办理"),
    "conclude": _Who("technical_assessment", _CLERK, "汇总技术评估由组织技术评估单位的受理经办人办理"),
    "first_opinion": _Who("first_opinion", _DIRECTOR, "初审意见由学校总部注册地所在区人社局的审批负责人提出"),
    "appoint_panel": _Who("expert_re_review", _HANDLERS, "复核专家由市职鉴中心的受理经办人或审批负责人选定"),
    "review": _Who("expert", frozenset({Role.EXPERT}), "专家复核意见由本次选定的专家各自提出"),
    "conclude_panel": _Who("expert_re_review", _CLERK, "汇总专家复核由市职鉴中心的受理经办人办理"),
    "decide": _Who("decision", _DIRECTOR, "备案决定由受理备案单位的审批负责人作出"),
    "answer_objection": _Who("decision", _DIRECTOR, "对备案公示的异议由作出备案决定单位的审批负责人答复"),
    "take_note": _Who("venue", frozenset({Role.SUPERVISOR}), "考核点所在区的告知由该区的质量督导员知悉"),
    "accept": _Who("platform", frozenset({Role.PLATFORM}), "公示期满后由平台自动完成备案"),
    "sign_report": _Who("centre", frozenset({Role.REGISTRAR}), "备案结果由市职鉴中心的备案登记员签收、登记或核询"),
    "answer_report": _Who("decision", _CLERK, "市职鉴中心的核询由报送备案的区人社局受理经办人答复"),
    "suspend": _Who("decision", _DIRECTOR, "暂停和恢复评价由受理备案单位的审批负责人决定"),
    "terminate": _Who("decision", _DIRECTOR, "终止备案由受理备案单位的审批负责人决定"),
    "ask_end": _Who("body", _BODY, "终止备案由本机构的备案经办人或负责人申请"),
    "decide_end": _Who("decision", _DIRECTOR, "终止申请由受理备案单位的审批负责人办理"),
    "hand_over_records": _Who("body", _BODY, "评价档案由本机构的备案经办人或负责人移交"),
    "keep_records": _Who("decision", _HANDLERS, "评价档案由受理备案单位的受理经办人或审批负责人接收"),
    "list_endings": _Who("", _HANDLERS | {Role.REGISTRAR, Role.POLICY_OFFICER}, "自动终止的预测和试运行由受理备案单位的经办人或负责人办理"),
    "approve_run": _Who("", _DIRECTOR, "中止的自动终止运行由市职鉴中心的审批负责人核准或作废"),
    "reinstate": _Who("decision", _DIRECTOR, "撤销终止由受理备案单位的审批负责人决定"),
}


_ON_A_CASE = frozenset({"suspend", "terminate", "reinstate"})
"""What the platform carries out, or undoes, when a case about a body was decided by those who may: the app above has checked that."""


def check_may_move_associations(actor: Actor, *, director: bool = False) -> None:
    """This function will let pass the clerks and the director of 市职鉴中心 (the director alone, where asked). :raises NotAllowed:"""
    roles = _DIRECTOR if director else _HANDLERS
    if not (actor.office_kind is OfficeKind.CITY_CENTRE and actor.has(*roles)):
        who = "审批负责人" if director else "受理经办人或审批负责人"
        sentence = f"行业协会纳入社会化由市职鉴中心的{who}办理。"
        raise NotAllowed(sentence, notice("三(一)2"), f"您当前身份为“{actor.label}”，请联系市职鉴中心。")


def why_not_move_associations(actor: Actor, *, director: bool = False) -> str:
    """This function will give the sentence why the actor may not; empty when they may."""
    try:
        check_may_move_associations(actor, director=director)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def check_may(actor: Actor, act: str, filing: Filing | None = None, *, case: str = "") -> None:
    """This function will let pass who may do `act` with `filing`; the platform what a decided `case` brings about or undoes.

    :raises NotAllowed: with a sentence, clause and next step.
    """
    if actor.is_platform and case and act in _ON_A_CASE:
        return
    who = _WHO[act]
    here = f"您当前身份为“{actor.label}”"
    if not actor.has(*who.roles):
        raise NotAllowed(f"{who.sentence}。", notice("一"), f"{here}，请换用有权限的身份，或联系该事项的经办人。")
    if act == "approve_run" and actor.office_kind is not OfficeKind.CITY_CENTRE:
        raise NotAllowed(f"{who.sentence}。", notice("一"), f"{here}，请联系市职鉴中心。")
    if filing is not None and not _stands_on_own_ground(actor, who.side, filing):
        raise NotAllowed(f"{who.sentence}。备案申请{filing.number}不由您所在的机构办理。", notice("三(一)"), f"{here}，请联系该申请的承办机构。")


def _stands_on_own_ground(actor: Actor, side: str, filing: Filing) -> bool:
    match side:
        case "body":
            return actor.office_kind is OfficeKind.ASSESSMENT_BODY and filing.body.office_id == actor.office_id
        case "step":
            return actor.is_authority and handler(filing, _day(filing), filing.step).pk == actor.office_id
        case "handles":
            day = _day(filing)
            return actor.is_authority and actor.office_id in {handler(filing, day, step.key).pk for step in reviewed_steps(filing, day)}
        case "technical_assessment" | "first_opinion" | "expert_re_review" | "decision":
            day = _day(filing)
            return actor.is_authority and has_step(filing, side, day) and handler(filing, day, side).pk == actor.office_id
        case "asked":
            return filing.consents.filter(office_id=actor.office_id).exists()
        case "opinion":
            asked = AddedOpinion.objects.filter(filing=filing, office_id=actor.office_id, role__in=[role.value for role in actor.roles])
            return asked.exists()
        case "assessor":
            return AssessorSheet.objects.filter(
                assessment__filing=filing,
                assessment__round=filing.round,
                assessment__superseded_at__isnull=True,
                assessor__user__pk=actor.user_id or 0,
            ).exists()
        case "expert":
            return PanelMember.objects.filter(
                panel__filing=filing,
                panel__round=filing.round,
                panel__superseded_at__isnull=True,
                replaced_at__isnull=True,
                expert__user__pk=actor.user_id or 0,
            ).exists()
        case "venue":
            centre = actor.office_kind is OfficeKind.CITY_CENTRE
            return filing.scope.filter(venue__district="" if centre else actor.district).exists()
        case "centre":
            return actor.office_kind is OfficeKind.CITY_CENTRE
        case _:
            return actor.is_platform


def _day(filing: Filing) -> date:
    """The day whose route counts: a filing that was sent has its own; before, nothing here is asked of an office."""
    return filing.rules_day or max(filing.begun_at.date(), IN_FORCE_FROM)


def can(actor: Actor, act: str, filing: Filing | None = None) -> bool:
    """This function will say whether `check_may` would let pass."""
    return not why_not(actor, act, filing)


def why_not(actor: Actor, act: str, filing: Filing | None = None) -> str:
    """This function will give the sentence with which `check_may` would refuse, or nothing."""
    try:
        check_may(actor, act, filing)
    except NotAllowed as refusal:
        return refusal.sentence
    return ""


_LOADERS = "存量备案由市职鉴中心的备案登记员装入；区属企业的，也可以由注册地所在区的受理经办人装入"


def check_may_load(actor: Actor, loading: Loading | None = None) -> None:
    """This function will let pass who may load what was filed before (and undo `loading`, which the centre's registrar may for everybody).

    Which rows an office may load is asked row by row: a district's only what the district itself files. :raises NotAllowed: with a sentence.
    """
    centre = actor.office_kind is OfficeKind.CITY_CENTRE and actor.has(Role.REGISTRAR)
    district = actor.office_kind is OfficeKind.DISTRICT_BUREAU and actor.has(Role.INTAKE_CLERK)
    if not (actor.is_platform or centre or district):
        raise NotAllowed(f"{_LOADERS}。", notice("一"), f"您当前身份为“{actor.label}”，请将需要装入的备案报送市职鉴中心。")
    if loading is not None and district and loading.office_id != actor.office_id:
        raise NotAllowed(f"{loading.number}不是您所在单位装入的。", notice("一"), "请联系装入的单位或市职鉴中心。")


def check_may_process_loading(actor: Actor) -> None:
    """This function will let the platform's worker pass. :raises NotAllowed:"""
    if not actor.is_platform:
        raise NotAllowed("装入由平台在后台办理。", notice("一"), "请等待处理完成，可以离开本页。")


def why_not_load(actor: Actor, loading: Loading | None = None) -> str:
    """This function will give the sentence with which `check_may_load` would refuse, or nothing."""
    try:
        check_may_load(actor, loading)
    except NotAllowed as refusal:
        return refusal.sentence
    return ""


def may_see_gaps(actor: Actor) -> bool:
    """This function will say whether an actor is shown, over the whole city, where nobody or more than one district inspects (`通知 三(三)1`)."""
    return actor.office_kind in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE}


def check_may_see_charges(actor: Actor) -> None:
    """This function will let pass the offices that supervise, each for what it supervises. :raises NotAllowed:"""
    if not actor.is_authority:
        raise NotAllowed("监管职责由各主管部门查看。", notice("三(三)1"), f"您当前身份为“{actor.label}”，请在右上角切换身份。")
