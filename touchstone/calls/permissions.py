"""征集权限: who may do what with a project, a call, an application and a demand figure, and what is the sentence when not?"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.calls.models import Application, Project
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.documents import notice
from touchstone.policy.industries import industry_name
from touchstone.policy.roles import OfficeKind, Role

if TYPE_CHECKING:
    from touchstone.catalogue.models import Occupation

_BODY = frozenset({Role.BODY_FILER, Role.BODY_LEADER})
_AUTHORITY = frozenset({Role.CONSENT_OFFICER, Role.DIRECTOR})
_CLERK, _DIRECTOR = frozenset({Role.INTAKE_CLERK}), frozenset({Role.DIRECTOR})
_PLATFORM = frozenset({Role.PLATFORM})
_PLANNERS = {
    OfficeKind.CITY_BUREAU: frozenset({Role.POLICY_OFFICER, Role.DIRECTOR}),
    OfficeKind.CITY_CENTRE: frozenset({Role.INTAKE_CLERK, Role.DIRECTOR, Role.POLICY_OFFICER}),
    OfficeKind.DISTRICT_BUREAU: frozenset({Role.INTAKE_CLERK, Role.DIRECTOR}),
    OfficeKind.INDUSTRY_AUTHORITY: frozenset({Role.CONSENT_OFFICER, Role.DIRECTOR}),
}
_LAYOUT = notice("二(二)")


@dataclass(frozen=True)
class _Who:
    side: str
    roles: frozenset[Role]
    sentence: str


_WHO = {
    "recommend": _Who("industry", _AUTHORITY, "评价项目由市级行业主管部门的意见经办人或审批负责人推荐"),
    "withdraw_project": _Who("industry", _AUTHORITY, "推荐由提出推荐的行业主管部门撤回"),
    "decide_project": _Who("centre", _DIRECTOR, "评价项目由市职鉴中心的审批负责人遴选确定"),
    "retire_project": _Who("centre", _DIRECTOR, "停止征集由市职鉴中心的审批负责人决定"),
    "draft": _Who("centre", _CLERK, "征集公告由市职鉴中心的受理经办人拟定"),
    "publish": _Who("centre", _DIRECTOR, "征集公告由市职鉴中心的审批负责人发布"),
    "cancel": _Who("centre", _DIRECTOR, "取消征集由市职鉴中心的审批负责人决定"),
    "check": _Who("centre", _CLERK | _DIRECTOR, "应征条件由市职鉴中心的受理经办人或审批负责人核实"),
    "rank": _Who("centre", _CLERK | _DIRECTOR, "排序由市职鉴中心的受理经办人或审批负责人办理"),
    "announce": _Who("centre", _DIRECTOR, "遴选结果由市职鉴中心的审批负责人公示"),
    "answer_objection": _Who("centre", _DIRECTOR, "对遴选结果的异议由市职鉴中心的审批负责人答复"),
    "select_association": _Who("centre", _DIRECTOR, "行业协会纳入社会化由市职鉴中心的审批负责人办理"),
    "end_selection": _Who("centre", _DIRECTOR, "取消入选资格由市职鉴中心的审批负责人决定"),
    "apply": _Who("body", _BODY, "应征申请由本机构的备案经办人或负责人填报、提交和撤回"),
    "clock": _Who("platform", _PLATFORM, "到期事项由平台自动办理"),
}


def check_may(actor: Actor, act: str, thing: Project | Application | None = None) -> None:
    """This function will let pass who may do `act` with a project or an application. :raises NotAllowed: with sentence, clause, next step."""
    who = _WHO[act]
    here = f"您当前身份为“{actor.label}”"
    if not actor.has(*who.roles) or not _in_such_an_office(actor, who.side):
        raise NotAllowed(f"{who.sentence}。", notice("三(一)2"), f"{here}，请换用有权限的身份，或联系市职鉴中心。")
    if thing is not None and not _own(actor, thing):
        what = "项目" if isinstance(thing, Project) else "应征申请"
        raise NotAllowed(f"{who.sentence}。{what}{thing.number}不是您所在的机构提出的。", notice("三(一)2"), f"{here}，请联系提出的机构。")


def _in_such_an_office(actor: Actor, side: str) -> bool:
    match side:
        case "industry":
            return actor.office_kind is OfficeKind.INDUSTRY_AUTHORITY and not actor.district
        case "centre":
            return actor.office_kind is OfficeKind.CITY_CENTRE
        case "body":
            return actor.office_kind is OfficeKind.ASSESSMENT_BODY
        case _:
            return actor.is_platform


def _own(actor: Actor, thing: Project | Application) -> bool:
    if actor.office_kind is OfficeKind.CITY_CENTRE:
        return True
    owner = thing.recommended_by_office_id if isinstance(thing, Project) else thing.body.office_id
    return owner == actor.office_id


def can(actor: Actor, act: str, thing: Project | Application | None = None) -> bool:
    """This function will say whether `check_may` would let pass."""
    return not why_not(actor, act, thing)


def why_not(actor: Actor, act: str, thing: Project | Application | None = None) -> str:
    """This function will give the sentence with which `check_may` would refuse, or nothing."""
    try:
        check_may(actor, act, thing)
    except NotAllowed as refusal:
        return refusal.sentence
    return ""


def check_may_enter_demand(actor: Actor, occupation: "Occupation | None" = None, district: str | None = None) -> None:
    """This function will let pass who plans for a place and a field: the city for all, a district for itself, an authority for its field.

    :raises NotAllowed:
    """
    if actor.is_platform:
        return
    here = f"您当前身份为“{actor.label}”"
    if actor.office_kind is None or not actor.has(*_PLANNERS.get(actor.office_kind, frozenset())):
        sentence = "需求数由市人社局、市职鉴中心、区人社局和行业主管部门的经办人或负责人填报。"
        raise NotAllowed(sentence, _LAYOUT, f"{here}，请联系本单位的经办人。")
    if district is not None and actor.district and district != actor.district:
        raise NotAllowed(f"{DISTRICTS[actor.district]}的单位只能填报本区的需求数。", _LAYOUT, "别区的数由该区填报，全市的数由市级单位填报。")
    if occupation is not None and actor.industry and occupation.industry != actor.industry:
        sentence = f"“{occupation.name}”不属于{industry_name(actor.industry)}领域，不由您所在单位填报。"
        raise NotAllowed(sentence, _LAYOUT, "请联系该职业的行业主管部门或市职鉴中心。")


def why_not_enter_demand(actor: Actor) -> str:
    """This function will give the sentence why the actor may enter no demand figure at all; empty when they may."""
    try:
        check_may_enter_demand(actor)
    except NotAllowed as refusal:
        return str(refusal)
    return ""
