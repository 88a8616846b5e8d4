"""题库权限: who may do what with a bank, a question, a licence, and what is the sentence when not?"""

from dataclasses import dataclass

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind, Role
from touchstone.questions.models import Bank

_LAW = notice("三(二)3")
_KEEPER, _AUTHORS = frozenset({Role.BANK_KEEPER}), frozenset({Role.QUESTION_AUTHOR, Role.BANK_KEEPER})
_GUIDES = frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.INTAKE_CLERK, Role.BANK_KEEPER})
BANK_ROLES = (Role.QUESTION_AUTHOR, Role.QUESTION_REVIEWER, Role.BANK_KEEPER, Role.PAPER_KEEPER)


@dataclass(frozen=True)
class _Who:
    side: str
    roles: frozenset[Role]
    sentence: str


_WHO = {
    "open_bank": _Who("body", _KEEPER | {Role.BODY_LEADER}, "机构题库由本机构的题库管理员或者负责人建立"),
    "open_city_bank": _Who("centre", _KEEPER, "市级题库由市职鉴中心的题库管理员建立"),
    "write": _Who("owner", _AUTHORS, "试题由本题库的命题人或者题库管理员编写、修订和送审"),
    "appoint": _Who("owner", _KEEPER, "审题人由本题库的题库管理员指定或者抽取"),
    "review": _Who("owner", frozenset({Role.QUESTION_REVIEWER}), "试题由指定的审题人审题"),
    "keep": _Who("owner", _KEEPER, "试题的入库、退改和停用由本题库的题库管理员办理"),
    "ask_licence": _Who("body", _KEEPER, "使用市级题库由本机构的题库管理员申请"),
    "decide_licence": _Who("centre", _KEEPER, "市级题库的使用许可由市职鉴中心的题库管理员决定"),
    "contribute": _Who("body", _KEEPER, "试题由本机构的题库管理员推荐给市级题库"),
    "see_openings": _Who("watch", _KEEPER, "调阅记录由本题库的题库管理员和市职鉴中心的题库管理员查看"),
    "guide": _Who("guide", _GUIDES, "题库建设由所在区人社局和市职鉴中心的督导员、经办人、负责人指导"),
    "answer_guidance": _Who("owner", _KEEPER, "指导意见由本题库的题库管理员答复"),
    "compose": _Who("owner", _KEEPER, "细目表、组卷、封存和使用登记由本题库的题库管理员办理"),
    "hold": _Who("owner", _KEEPER | {Role.PAPER_KEEPER}, "密钥份额的领取、启封和试卷打印由本题库的题库管理员、试卷保管员办理"),
    "clock": _Who("platform", frozenset({Role.PLATFORM}), "标准变动的标记由平台自动办理"),
}


def check_may(actor: Actor, act: str, bank: Bank | None = None) -> None:
    """This function will let pass who may do `act`, in this bank where one is named. :raises NotAllowed: with sentence, clause, next step."""
    who = _WHO[act]
    here = f"您当前身份为“{actor.label}”"
    if actor.is_platform and who.side in {"platform", "owner"}:
        return
    if not actor.has(*who.roles) or not _in_such_an_office(actor, who.side):
        raise NotAllowed(f"{who.sentence}。", _LAW, f"{here}，请换用有权限的身份，或联系题库管理员。")
    if bank is not None and not _on_own_ground(actor, who.side, bank):
        raise NotAllowed(f"{who.sentence}。“{bank.name}”不是您所在单位的题库。", _LAW, f"{here}，请联系该题库的管理单位。")


def _in_such_an_office(actor: Actor, side: str) -> bool:
    match side:
        case "body":
            return actor.office_kind is OfficeKind.ASSESSMENT_BODY
        case "centre":
            return actor.office_kind is OfficeKind.CITY_CENTRE
        case "owner" | "watch":
            return actor.office_kind in {OfficeKind.ASSESSMENT_BODY, OfficeKind.CITY_CENTRE}
        case "guide":
            return actor.office_kind in {OfficeKind.DISTRICT_BUREAU, OfficeKind.CITY_CENTRE}
        case _:
            return actor.is_platform


def _on_own_ground(actor: Actor, side: str, bank: Bank) -> bool:
    if side == "guide":
        return bank.body is not None and actor.district in {"", bank.body.district}
    if side == "watch" and actor.office_kind is OfficeKind.CITY_CENTRE:
        return True
    return bank.office_id == actor.office_id


def can(actor: Actor, act: str, bank: Bank | None = None) -> bool:
    """This function will say whether `check_may` would let pass."""
    return not why_not(actor, act, bank)


def why_not(actor: Actor, act: str, bank: Bank | None = None) -> str:
    """This function will give the sentence with which `check_may` would refuse, or nothing."""
    try:
        check_may(actor, act, bank)
    except NotAllowed as refusal:
        return refusal.sentence
    return ""


def check_may_see(actor: Actor, bank: Bank) -> None:
    """This function will let pass who may see that a bank and its questions exist, and their figures; never what they say.

    :raises NotAllowed: for another body, another district, another office.
    """
    if actor.is_platform or actor.office_kind is OfficeKind.CITY_CENTRE or actor.office_id == bank.office_id:
        return
    if actor.office_kind is OfficeKind.DISTRICT_BUREAU and bank.body is not None and bank.body.district == actor.district:
        return
    raise NotAllowed(f"“{bank.name}”不是您所在单位的题库，也不在您的属地范围内。", _LAW, f"您当前身份为“{actor.label}”，请联系该题库的管理单位。")
