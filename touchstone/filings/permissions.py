"""备案权限: who may do what with a filing, and what is the sentence when not?"""

from dataclasses import dataclass

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings.models import AssessorSheet, Filing
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind, Role

_BODY = frozenset({Role.BODY_FILER, Role.BODY_LEADER})


@dataclass(frozen=True)
class _Who:
    side: str
    roles: frozenset[Role]
    sentence: str


_WHO = {
    "begin": _Who("body", _BODY, "备案申请由本机构的备案经办人或负责人填报"),
    "write": _Who("body", _BODY, "备案申请由本机构的备案经办人或负责人填报、提交和撤回"),
    "answer_consent": _Who("asked", frozenset({Role.CONSENT_OFFICER}), "同意与否由被征求意见部门的意见经办人答复"),
    "return": _Who("district", frozenset({Role.INTAKE_CLERK, Role.DIRECTOR}), "退回补正由注册地所在区人社局的受理经办人或审批负责人办理"),
    "appoint": _Who("district", frozenset({Role.INTAKE_CLERK, Role.DIRECTOR}), "指派技术评估员由注册地所在区人社局的受理经办人或审批负责人办理"),
    "assess": _Who("assessor", frozenset({Role.TECHNICAL_ASSESSOR}), "评分和踏勘由本次指派的技术评估员办理"),
    "conclude": _Who("district", frozenset({Role.INTAKE_CLERK}), "汇总技术评估由注册地所在区人社局的受理经办人办理"),
    "decide": _Who("district", frozenset({Role.DIRECTOR}), "备案决定由注册地所在区人社局的审批负责人作出"),
    "answer_objection": _Who("district", frozenset({Role.DIRECTOR}), "对备案公示的异议由注册地所在区人社局的审批负责人答复"),
    "take_note": _Who("venue", frozenset({Role.SUPERVISOR}), "考核点所在区的告知由该区的质量督导员知悉"),
    "accept": _Who("platform", frozenset({Role.PLATFORM}), "公示期满后由平台自动完成备案"),
    "sign_report": _Who("centre", frozenset({Role.REGISTRAR}), "报送的备案结果由市职鉴中心的备案登记员签收或核询"),
    "answer_report": _Who("district", frozenset({Role.INTAKE_CLERK}), "市职鉴中心的核询由报送备案的区人社局受理经办人答复"),
}


def check_may(actor: Actor, act: str, filing: Filing | None = None) -> None:
    """This function will let pass who may do `act` with `filing`. :raises NotAllowed: with a sentence, clause and next step."""
    who = _WHO[act]
    here = f"您当前身份为“{actor.label}”"
    if not actor.has(*who.roles):
        raise NotAllowed(f"{who.sentence}。", notice("一"), f"{here}，请换用有权限的身份，或联系该事项的经办人。")
    if filing is not None and not _stands_on_own_ground(actor, who.side, filing):
        raise NotAllowed(f"{who.sentence}。备案申请{filing.number}不由您所在的机构办理。", notice("三(一)1"), f"{here}，请联系该申请的承办机构。")


def _stands_on_own_ground(actor: Actor, side: str, filing: Filing) -> bool:
    match side:
        case "body":
            return actor.office_kind is OfficeKind.ASSESSMENT_BODY and filing.body.office_id == actor.office_id
        case "district":
            return actor.office_kind is OfficeKind.DISTRICT_BUREAU and actor.district == filing.body.district
        case "asked":
            return filing.consents.filter(office_id=actor.office_id).exists()
        case "assessor":
            return AssessorSheet.objects.filter(
                assessment__filing=filing, assessment__round=filing.round, assessor__user__pk=actor.user_id or 0
            ).exists()
        case "venue":
            centre = actor.office_kind is OfficeKind.CITY_CENTRE
            return filing.scope.filter(venue__district="" if centre else actor.district).exists()
        case "centre":
            return actor.office_kind is OfficeKind.CITY_CENTRE
        case _:
            return actor.is_platform


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
