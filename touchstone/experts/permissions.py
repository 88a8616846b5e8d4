"""队伍权限: who may do what with a member, an application, a course and a measure, and what is the sentence when not?"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.experts.models import Application, Assignment, Course, DispatchRequest, Member
from touchstone.kernel.law import Clause
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind, Role

if TYPE_CHECKING:
    from touchstone.bodies.models import Body, Venue

CORPS = notice("三(二)2")
_BODY = frozenset({Role.BODY_FILER, Role.BODY_LEADER})
_CLERKS = frozenset({Role.INTAKE_CLERK, Role.REGISTRAR})
_DIRECTOR = frozenset({Role.DIRECTOR})
_WATCHERS = frozenset({*_CLERKS, *_DIRECTOR, Role.SUPERVISOR})
_MANAGERS = {OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU}


def _no(sentence: str, actor: Actor, next_step: str, clause: Clause = CORPS) -> NotAllowed:
    return NotAllowed(sentence, clause, f"您当前身份为“{actor.label}”，{next_step}")


def is_self(actor: Actor, member: Member) -> bool:
    """This function will say whether the actor is this member, at the corps' own desk."""
    user = getattr(member.person, "user", None)
    return actor.office_kind is OfficeKind.CORPS and user is not None and user.pk == actor.user_id


def is_own_staff(actor: Actor, member: Member) -> bool:
    """This function will say whether the actor keeps the people of the body where the member works."""
    own = member.body is not None and member.body.office_id == actor.office_id
    return actor.office_kind is OfficeKind.ASSESSMENT_BODY and own and actor.has(*_BODY)


def manages(actor: Actor, member: Member) -> bool:
    """This function will say whether the actor's office manages this member: the centre everyone, a district those on its ground."""
    if actor.office_kind is OfficeKind.CITY_CENTRE:
        return True
    return actor.office_kind is OfficeKind.DISTRICT_BUREAU and bool(actor.district) and member.district == actor.district


def check_may_register(actor: Actor, *, body_office: int | None = None, district: str = "") -> None:
    """This function will let pass who may put somebody on the register of the corps: a body its own people, the centre and a district those of
    their ground, a visitor themselves. :raises NotAllowed:"""
    if actor.is_platform or (actor.office_kind is None and body_office is None):
        return
    if actor.office_kind is OfficeKind.ASSESSMENT_BODY and actor.has(*_BODY) and body_office == actor.office_id:
        return
    if actor.office_kind in _MANAGERS and actor.has(*_CLERKS) and actor.district in {"", district}:
        return
    raise _no(
        "队伍成员由本人申请、所在评价机构推荐，或者由市职鉴中心、所在区的经办人登记。", actor, "请核对该人员的工作单位和所在区，或联系其管理单位。"
    )


def check_may_apply(actor: Actor, member: Member) -> None:
    """This function will let pass the member, and the body where they work. :raises NotAllowed:"""
    if not (actor.is_platform or is_self(actor, member) or is_own_staff(actor, member)):
        raise _no("资格申请由本人或者所在评价机构的备案经办人、负责人办理。", actor, "请由本人登录后申请。")


def check_may_keep_own(actor: Actor, member: Member) -> None:
    """This function will let pass the member alone: ties, days and limits are theirs to tell. :raises NotAllowed:"""
    if not (actor.is_platform or is_self(actor, member)):
        raise _no("回避关系、可以承担的时间和次数由本人申报。", actor, "请由本人登录后填写。")


def check_may_check(actor: Actor, application: Application) -> None:
    """This function will let pass the clerks of the office that checks an application. :raises NotAllowed:"""
    if actor.office_id != application.office_id or not actor.has(*_CLERKS):
        raise _no(f"申请{application.number}由{application.office.name}的经办人审核。", actor, "请联系该单位办理。")


def check_may_decide(actor: Actor, application: Application) -> None:
    """This function will let pass the director of the office that checks an application. :raises NotAllowed:"""
    if actor.office_id != application.office_id or not actor.has(*_DIRECTOR):
        raise _no(f"申请{application.number}由{application.office.name}的审批负责人决定。", actor, "请联系该单位的审批负责人。")


def check_may_hold_course(actor: Actor, course: Course | None = None, recognised_by: OfficeKind | None = None) -> None:
    """This function will let pass the clerks and the director of the centre, or of a district for those it recognises. :raises NotAllowed:"""
    if actor.office_kind not in _MANAGERS or not actor.has(*_CLERKS, *_DIRECTOR):
        raise _no("培训班由市职鉴中心和区人社局的经办人举办。", actor, "请联系市职鉴中心或所在区。")
    if course is not None and course.office_id != actor.office_id:
        raise _no(f"培训班{course.number}由{course.office.name}举办。", actor, "请联系举办单位。")
    if actor.office_kind is OfficeKind.DISTRICT_BUREAU and recognised_by is OfficeKind.CITY_CENTRE:
        raise _no("这一类人员由市职鉴中心组织培训考核。", actor, "请联系市职鉴中心。")


def check_may_enrol(actor: Actor, member: Member, course: Course) -> None:
    """This function will let pass the member, their body, and the office that holds the course. :raises NotAllowed:"""
    holds = actor.office_id == course.office_id and actor.has(*_CLERKS, *_DIRECTOR)
    if not (holds or is_self(actor, member) or is_own_staff(actor, member)):
        raise _no("培训报名由本人、所在评价机构或者举办单位办理。", actor, "请由本人登录后报名。")


def check_may_manage(actor: Actor, member: Member) -> None:
    """This function will let pass the clerks of the office that manages a member. :raises NotAllowed:"""
    if not manages(actor, member) or not actor.has(*_CLERKS, *_DIRECTOR):
        raise _no("队伍成员由市职鉴中心和其所在区的经办人管理。", actor, "请联系管理单位。")


def check_may_measure(actor: Actor, member: Member) -> None:
    """This function will let pass the director of the centre, or of the district that manages a member. :raises NotAllowed:"""
    if not manages(actor, member) or not actor.has(*_DIRECTOR):
        raise _no("警告、暂停、取消和恢复资格由市职鉴中心或者其所在区的审批负责人决定。", actor, "请联系管理单位的审批负责人。")


def check_clock(actor: Actor) -> None:
    """This function will let pass the platform alone. :raises NotAllowed:"""
    if not actor.is_platform:
        raise _no("到期提醒由平台自动办理。", actor, "无需人工办理。")


def check_may_plan(actor: Actor) -> None:
    """This function will let pass who plans the corps: the city bureau, the centre, a district for its ground. :raises NotAllowed:"""
    if actor.office_kind not in {OfficeKind.CITY_BUREAU, *_MANAGERS}:
        raise _no("队伍由市人社局统筹规划，市职鉴中心综合管理，各区日常管理。", actor, "请联系所在区人社局。")


def check_may_answer_appeal(actor: Actor) -> None:
    """This function will let pass the director of the centre, who did not take a district's measure. :raises NotAllowed:"""
    if actor.office_kind is not OfficeKind.CITY_CENTRE or not actor.has(*_DIRECTOR):
        raise _no("对警告、暂停、取消资格的申诉由市职鉴中心的审批负责人答复。", actor, "请联系市职鉴中心。")


def check_may_draw_up(actor: Actor) -> None:
    """This function will let pass the clerks and directors of the centre and the districts, and the platform. :raises NotAllowed:"""
    if not (actor.is_platform or (actor.office_kind in _MANAGERS and actor.has(*_CLERKS, *_DIRECTOR))):
        raise _no("年度考核由市职鉴中心和各区的经办人汇总。", actor, "请联系管理单位。")


def why_not(check: Callable[..., None], *given: Any) -> str:
    """This function will give the sentence with which a check of this module would refuse, or nothing."""
    try:
        check(*given)
    except NotAllowed as refusal:
        return refusal.sentence
    return ""


def can(check: Callable[..., None], *given: Any) -> bool:
    """This function will say whether a check of this module would let pass."""
    return not why_not(check, *given)


def check_may_ask(actor: Actor, body: "Body") -> None:
    """This function will let pass the planner of the body whose sitting it is, and the platform. :raises NotAllowed:"""
    own = actor.office_kind is OfficeKind.ASSESSMENT_BODY and body.office_id == actor.office_id and actor.has(Role.BODY_PLANNER)
    if not (actor.is_platform or own):
        raise _no("考评人员由场次所属评价机构的考务经办人申请派遣。", actor, "请联系该机构的考务经办人。")


def check_may_send_supervisors(actor: Actor, body: "Body", venue: "Venue") -> None:
    """This function will let pass the centre, and the district where the venue lies or the body is at home. :raises NotAllowed:"""
    ground = actor.office_kind is OfficeKind.CITY_CENTRE or (
        actor.office_kind is OfficeKind.DISTRICT_BUREAU and bool(actor.district) and actor.district in {venue.district, body.district}
    )
    if not (ground and actor.has(*_WATCHERS)):
        raise _no("外部质量督导员由市职鉴中心或者属地区人社局派往考试现场。", actor, "请联系考核点所在区人社局。", notice("三(三)1"))


def check_may_dispatch(actor: Actor, request: DispatchRequest) -> None:
    """This function will let pass the platform, and the clerks and directors of the centre or of the venue's district; for supervisors the office
    whose they are. :raises NotAllowed:"""
    if request.corps_of_id is not None:
        if not (actor.is_platform or (actor.office_id == request.corps_of_id and actor.has(*_WATCHERS))):
            raise _no("外部质量督导员由其所属的市职鉴中心或者区人社局派出。", actor, "请联系派出单位。")
        return
    here = actor.office_kind is OfficeKind.CITY_CENTRE or (
        actor.office_kind is OfficeKind.DISTRICT_BUREAU and bool(actor.district) and request.district == actor.district
    )
    if not (actor.is_platform or (here and actor.has(*_CLERKS, *_DIRECTOR))):
        raise _no("派遣由平台随机抽取，改派和登记由市职鉴中心或者考核点所在区的经办人办理。", actor, "请联系考核点所在区人社局。")


def check_may_cancel_request(actor: Actor, request: DispatchRequest) -> None:
    """This function will let pass who asked, and who manages dispatch there; a body never for those who come to watch it. :raises NotAllowed:"""
    if request.corps_of_id is not None:
        check_may_dispatch(actor, request)
        return
    try:
        check_may_ask(actor, request.body)
    except NotAllowed:
        check_may_dispatch(actor, request)


def check_may_serve(actor: Actor, member: Member) -> None:
    """This function will let pass the one who was sent. :raises NotAllowed:"""
    if not is_self(actor, member):
        raise _no("派遣由被派遣的本人答复、签到和报告。", actor, "请由本人登录后办理。")


def check_may_mark(actor: Actor, assignment: Assignment) -> None:
    """This function will let pass who saw the work: the planner or head of the body, a supervisor of the ground, who manages dispatch there.

    :raises NotAllowed:
    """
    request = assignment.request
    body = actor.office_kind is OfficeKind.ASSESSMENT_BODY and request.body.office_id == actor.office_id
    if body and request.corps_of_id is None and actor.has(Role.BODY_PLANNER, Role.BODY_LEADER):
        return
    ground = actor.office_kind is OfficeKind.CITY_CENTRE or (actor.office_kind is OfficeKind.DISTRICT_BUREAU and actor.district == request.district)
    if ground and actor.has(Role.SUPERVISOR):
        return
    check_may_dispatch(actor, request)
