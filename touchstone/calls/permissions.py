"""征集权限: who may do what with a project, a call and an application, and what is the sentence when not?"""

from dataclasses import dataclass

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.calls.models import Application, Project
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind, Role

_BODY = frozenset({Role.BODY_FILER, Role.BODY_LEADER})
_AUTHORITY = frozenset({Role.CONSENT_OFFICER, Role.DIRECTOR})
_CLERK, _DIRECTOR = frozenset({Role.INTAKE_CLERK}), frozenset({Role.DIRECTOR})
_PLATFORM = frozenset({Role.PLATFORM})


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
