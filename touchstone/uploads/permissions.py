"""证书数据权限: who sends certificate data in, takes it back and corrects it, who reviews it, and who loads what was issued before the platform?"""

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.kernel.law import Clause
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind, Role
from touchstone.uploads.models import Batch
from touchstone.uploads.states import LAW, MOVES

ISSUER, SUPERVISED = notice("一"), notice("三(三)1")
_PLANNERS = frozenset({Role.BODY_PLANNER, Role.BODY_LEADER})
_HANDLERS = frozenset({Role.INTAKE_CLERK, Role.DIRECTOR})
_LOADERS = frozenset({Role.INTAKE_CLERK, Role.REGISTRAR})
_OFFICES = {OfficeKind.DISTRICT_BUREAU, OfficeKind.CITY_CENTRE}
_OTHER_TITLES = {"look_at": "查看抽查的行", "object_to": "指出有误的行", "correct": "更正"}


def _no(actor: Actor, sentence: str, clause: Clause, next_step: str) -> NotAllowed:
    return NotAllowed(sentence, clause, f"您当前身份为“{actor.label}”，{next_step}")


def check_may_send(actor: Actor, office_id: int | None = None) -> None:
    """This function will let pass who sends in certificate data of the body behind an office (of their own, where none is named).

    :raises NotAllowed: with a sentence.
    """
    if actor.is_platform:
        return
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or not actor.has(*_PLANNERS):
        raise _no(actor, "证书数据由核发证书的评价机构的考务经办人或负责人上传。", ISSUER, "请由该机构办理。")
    if office_id is not None and actor.office_id != office_id:
        raise _no(actor, "只能办理本机构的证书数据。", ISSUER, "其他机构的由该机构办理。")


def check_may(actor: Actor, act: str, batch: Batch) -> None:
    """This function will let pass who may do `act` (a verb of the table of moves, or look_at, object_to, correct) to a batch.

    :raises NotAllowed: with a sentence.
    """
    if actor.is_platform:
        return
    line = next((one for one in MOVES if one.verb == act), None)
    roles = frozenset(Role(role) for role in line.by) - {Role.PLATFORM} if line else (_PLANNERS if act == "correct" else _HANDLERS)
    title = line.title if line else _OTHER_TITLES[act]
    if not actor.has(*roles):
        names = "、".join(sorted(role.label for role in roles))
        raise _no(actor, f"证书数据的“{title}”由{names}办理。", LAW, "请换用有权限的身份或联系经办人。")
    if roles <= _PLANNERS:
        check_may_send(actor, batch.body.office_id)
    elif actor.office_kind not in _OFFICES or actor.office_id != batch.office_id:
        raise _no(actor, f"这一批证书数据由{batch.office.name}审核。", SUPERVISED, "区级备案的机构和院校由所在区人社局审核，其他由市职鉴中心审核。")


def check_may_load(actor: Actor, batch: Batch | None = None) -> None:
    """This function will let pass who loads existing certificates (of a batch: of their own office). :raises NotAllowed:"""
    if actor.office_kind not in _OFFICES or not actor.has(*_LOADERS):
        raise _no(actor, "存量证书由备案部门的备案登记员或受理经办人装入。", SUPERVISED, "请由该部门办理。")
    if batch is not None and batch.office_id != actor.office_id:
        raise _no(actor, f"这一批由{batch.office.name}装入。", SUPERVISED, "请由该部门办理。")


def check_may_see_parcels(actor: Actor) -> None:
    """This function will let pass the city centre, which reports to the national query, and the bureau it belongs to. :raises NotAllowed:"""
    if not actor.is_platform and actor.office_kind not in {OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU}:
        raise _no(actor, "全国联网查询的上报包由市职鉴中心管理。", LAW, "本单位的证书数据上报到哪一步，请在各批次中查看。")


def can_see_parcels(actor: Actor) -> bool:
    """This function will say whether `check_may_see_parcels` would let pass."""
    try:
        check_may_see_parcels(actor)
    except NotAllowed:
        return False
    return True


def check_may_settle(actor: Actor) -> None:
    """This function will let pass who settles with the national query what was reported and sent back: the city centre. :raises NotAllowed:"""
    if actor.office_kind is not OfficeKind.CITY_CENTRE or not actor.has(*_HANDLERS):
        raise _no(actor, "与全国联网查询的核对、再报由市职鉴中心的受理经办人或审批负责人办理。", LAW, "请由市职鉴中心办理。")


def check_may_process(actor: Actor) -> None:
    """This function will let pass the worker. :raises NotAllowed:"""
    if not actor.is_platform:
        raise _no(actor, "核对和上报由平台自动办理。", LAW, "请查看办理结果。")


def why_not(actor: Actor, act: str, batch: Batch) -> str:
    """This function will give the sentence why the actor may not, or nothing when they may."""
    try:
        check_may(actor, act, batch)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def why_not_settle(actor: Actor) -> str:
    """This function will give the sentence why the actor settles nothing with the national query, or nothing when they may."""
    try:
        check_may_settle(actor)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def why_not_send(actor: Actor) -> str:
    """This function will give the sentence why the actor may send nothing in, or nothing when they may."""
    try:
        check_may_send(actor)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def why_not_load(actor: Actor) -> str:
    """This function will give the sentence why the actor may load nothing, or nothing when they may."""
    try:
        check_may_load(actor)
    except NotAllowed as refusal:
        return str(refusal)
    return ""
