"""技术指导权限: who may ask, answer, publish, send a notice, visit and confirm?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.bodies.queries import bodies
from touchstone.guidance.models import GuidanceNotice, GuidanceVisit, Inquiry, Paper
from touchstone.policy.guidance import GUIDANCE
from touchstone.policy.roles import OfficeKind, Role

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

_ADVISING = {OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU, OfficeKind.INDUSTRY_AUTHORITY}
_ADVISERS = frozenset({Role.INTAKE_CLERK, Role.TECHNICAL_ASSESSOR, Role.CONSENT_OFFICER, Role.SUPERVISOR, Role.REGISTRAR, Role.DIRECTOR})


def _no(actor: Actor, sentence: str, next_step: str) -> NotAllowed:
    return NotAllowed(sentence, GUIDANCE, f"您当前身份为“{actor.label}”，{next_step}")


def check_may_ask(actor: Actor) -> None:
    """This function will let pass people of bodies and members of the corps. :raises NotAllowed:"""
    if actor.office_kind not in {OfficeKind.ASSESSMENT_BODY, OfficeKind.CORPS}:
        raise _no(actor, "问答台由评价机构和考评督导人员提问。", "请登录后以机构或个人身份提问，或查阅已公开的答复。")


def check_may_advise(actor: Actor) -> None:
    """This function will let pass those who advise, in 市职鉴中心, a district or an industry authority. :raises NotAllowed:"""
    if actor.office_kind not in _ADVISING or not actor.has(*_ADVISERS):
        raise _no(actor, "技术指导由市职鉴中心、各区人社局和行业主管部门的经办人办理。", "请由本单位经办、评估、督导或审批人员办理。")


def check_may_see_inquiry(actor: Actor, inquiry: Inquiry) -> None:
    """This function will let pass the asker and the offices that advise. :raises NotAllowed:"""
    if not Inquiry.objects.visible_to(actor).filter(pk=inquiry.pk).exists():
        raise _no(actor, f"问题{inquiry.number}不是您提出的，也不由您所在单位答复。", "请查阅已公开的答复。")


def check_may_answer(actor: Actor, inquiry: Inquiry) -> None:
    """This function will let pass an adviser of the office that has the question. :raises NotAllowed:"""
    check_may_advise(actor)
    if inquiry.office_id != actor.office_id:
        raise _no(actor, f"问题{inquiry.number}现由{inquiry.office}答复。", "请由该单位办理。")


def check_is_asker(actor: Actor, inquiry: Inquiry) -> None:
    """This function will let pass who asked: the body's people, or the member in person. :raises NotAllowed:"""
    check_may_ask(actor)
    in_person = actor.office_kind is OfficeKind.CORPS
    if inquiry.asked_from_id != actor.office_id or (in_person and inquiry.asked_by_id != actor.user_id):
        raise _no(actor, f"问题{inquiry.number}由别人提出。", "请提出您自己的问题。")


def check_may_replace(actor: Actor, paper: Paper) -> None:
    """This function will let pass an adviser of the office that published a paper. :raises NotAllowed:"""
    check_may_advise(actor)
    if paper.office_id != actor.office_id:
        raise _no(actor, f"资料{paper.number}由{paper.office}发布。", "请由该单位停用或替代。")


def check_may_advise_body(actor: Actor, body: "Body") -> None:
    """This function will let pass an adviser on whose ground the body stands. :raises NotAllowed:"""
    check_may_advise(actor)
    if not bodies(actor).filter(pk=body.pk).exists():
        raise _no(actor, f"{body.name}不在您所在单位的辖区和行业范围内。", "请由其所在区或市职鉴中心指导。")


def check_is_own_visit(actor: Actor, visit: GuidanceVisit) -> None:
    """This function will let pass an adviser of the office that visited. :raises NotAllowed:"""
    check_may_advise(actor)
    if visit.office_id != actor.office_id:
        raise _no(actor, f"走访{visit.number}由{visit.office}办理。", "请由该单位登记回访。")


def check_is_visited(actor: Actor, visit: GuidanceVisit) -> None:
    """This function will let pass the people of the body that was visited. :raises NotAllowed:"""
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or visit.body.office_id != actor.office_id:
        raise _no(actor, f"走访{visit.number}由{visit.body.name}确认。", "请由该机构办理。")


def check_may_confirm_reading(actor: Actor, notice: GuidanceNotice) -> None:
    """This function will let pass the people of a body that the notice went to. :raises NotAllowed:"""
    sent_here = notice.readings.filter(body__office_id=actor.office_id).exists()
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or not sent_here:
        raise _no(actor, f"通知{notice.number}没有发给您所在的单位。", "无需确认。")


def check_may_sign_up(actor: Actor, notice: GuidanceNotice) -> None:
    """This function will let pass the people of a body that a training notice went to. :raises NotAllowed:"""
    sent_here = notice.readings.filter(body__office_id=actor.office_id).exists()
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or not sent_here:
        raise _no(actor, f"培训{notice.number}没有发给您所在的单位。", "请由收到通知的机构报名。")


def check_may_note_training(actor: Actor, notice: GuidanceNotice) -> None:
    """This function will let pass an adviser of the office that holds the training. :raises NotAllowed:"""
    check_may_advise(actor)
    if notice.office_id != actor.office_id:
        raise _no(actor, f"培训{notice.number}由{notice.office}举办。", "请由该单位登记学时和结果。")


def check_is_platform(actor: Actor) -> None:
    """This function will let the platform's worker pass. :raises NotAllowed:"""
    if not actor.is_platform:
        raise _no(actor, "超期提醒由平台自动发出。", "无需办理。")


def why_not(check: Callable[..., None], *given: Any) -> str:
    """This function will give the sentence why a check does not let pass; empty when it does."""
    try:
        check(*given)
    except NotAllowed as refusal:
        return str(refusal)
    return ""
