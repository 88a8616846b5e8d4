"""证书撤销权限: who may open, notify, propose, decide, execute, state a case, appeal, answer and ask?

The clerk of the office that handles a case proposes, its leader decides (our default: two people); the body executes its own; the holder speaks for
themselves.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.kernel.law import Clause
from touchstone.kernel.moves import Move
from touchstone.policy.certificates.revocation import LAW
from touchstone.policy.documents import our_default
from touchstone.policy.roles import OfficeKind, Role
from touchstone.revocations.models import HolderRequest, Revocation, RevocationRow, SupportImport
from touchstone.revocations.states import APPEAL_MOVES, ISSUER, MOVES, REQUEST_MOVES, ROW_MOVES

if TYPE_CHECKING:
    from touchstone.accounts.models import Person
    from touchstone.bodies.models import Body

HANDLING = frozenset({OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU})
CLERKS = frozenset({Role.INTAKE_CLERK, Role.SUPERVISOR})
_OPENS = CLERKS | {Role.DIRECTOR}
_BODY = frozenset({Role.BODY_PLANNER, Role.BODY_LEADER})


def _no(actor: Actor, sentence: str, next_step: str, clause: Clause = LAW) -> NotAllowed:
    return NotAllowed(sentence, clause, f"您当前身份为“{actor.label}”，{next_step}")


def _check_role(actor: Actor, lines: Iterable[Move], verb: str) -> None:  # type: ignore[type-arg]
    line = next(one for one in lines if one.verb == verb)
    if not actor.has(*(Role(role) for role in line.by)):
        names = "、".join(sorted(Role(role).label for role in line.by if role is not Role.PLATFORM))
        raise _no(actor, f"“{line.title}”由{names}办理。", "请换用有权限的身份或联系经办人。", line.clause or LAW)


def check_may_open(actor: Actor) -> None:
    """This function will let pass the clerks and the leader of the centre or a district, and the planner and the leader of a body.

    :raises NotAllowed:
    """
    if actor.is_platform or (actor.office_kind in HANDLING and actor.has(*_OPENS)):
        return
    if actor.office_kind is OfficeKind.ASSESSMENT_BODY and actor.has(*_BODY):
        return
    raise _no(actor, "撤销案件由市职鉴中心、区人社局立案，或者由发证机构提出。", "请把线索转给它们的受理经办人。")


def why_not_about(actor: Actor, body: "Body") -> str:
    """This function will say why certificates of a body are not for the actor to open a case about; nothing where they are."""
    if actor.is_platform or actor.office_kind is OfficeKind.CITY_CENTRE:
        return ""
    if actor.office_kind is OfficeKind.DISTRICT_BUREAU and body.district != actor.district:
        return "发证机构不在本区，请转由市职鉴中心或者该区立案。"
    if actor.office_kind is OfficeKind.ASSESSMENT_BODY and body.office_id != actor.office_id:
        return "不是本机构核发的证书。"
    return ""


def check_may(actor: Actor, verb: str, case: Revocation) -> None:
    """This function will let pass who may do `verb` to a case as a whole: the office that handles it, in the role for it. :raises NotAllowed:"""
    if actor.is_platform:
        return
    _check_role(actor, MOVES, verb)
    _check_handles(actor, case)


def check_may_propose(actor: Actor, case: Revocation) -> None:
    """This function will let pass the clerks of the office that handles a case. :raises NotAllowed:"""
    if not actor.has(*CLERKS):
        raise _no(actor, "处理意见由承办单位的受理经办人或者质量督导员提出。", "请换用有权限的身份。", our_default("证书撤销两人办理"))
    _check_handles(actor, case)


def check_may_decide_rows(actor: Actor, case: Revocation) -> None:
    """This function will let pass the leader of the office that handles a case. :raises NotAllowed:"""
    _check_role(actor, ROW_MOVES, "order")
    _check_handles(actor, case)


def check_may_execute(actor: Actor, row: RevocationRow) -> None:
    """This function will let pass the leader of the body that issued, and the platform. :raises NotAllowed:"""
    if actor.is_platform:
        return
    _check_role(actor, ROW_MOVES, "revoke")
    if row.body.office_id != actor.office_id:
        raise _no(actor, "只能执行本机构核发的证书的决定。", "其他机构的证书由该机构执行。")


def check_may_state(actor: Actor, row: RevocationRow) -> None:
    """This function will let pass the holder, and a clerk who puts down their letter. :raises NotAllowed:"""
    if actor.office_kind is OfficeKind.CANDIDATE:
        check_is_own(actor, row.certificate.holder)
        return
    check_may_propose(actor, row.case)


def check_may_appeal(actor: Actor, row: RevocationRow) -> None:
    """This function will let pass the holder, and a clerk of the office appeals go to, who puts down their letter. :raises NotAllowed:"""
    _check_role(actor, APPEAL_MOVES, "appeal")
    if actor.office_kind is OfficeKind.CANDIDATE:
        check_is_own(actor, row.certificate.holder)
    elif row.case.appeal_to_id != actor.office_id:
        raise _no(actor, "这件申诉不由您所在的单位受理。", "请转交决定书上写明的申诉受理单位。")


def check_may_answer(actor: Actor, row: RevocationRow) -> None:
    """This function will let pass the leader of the office appeals go to, who did not decide the case. :raises NotAllowed:"""
    _check_role(actor, APPEAL_MOVES, "grant")
    if row.case.appeal_to_id != actor.office_id:
        raise _no(actor, "这件申诉不由您所在的单位答复。", "申诉由作出决定的单位的上级答复。")


def check_is_own(actor: Actor, holder: "Person") -> None:
    """This function will let pass the person behind the log-in where it is the holder. :raises NotAllowed:"""
    user = getattr(holder, "user", None)
    if user is None or user.pk != actor.user_id:
        raise _no(actor, "只有持证人本人可以办理。", "请由持证人本人登录办理，或者书面提交承办单位登记。", ISSUER)


def check_may_request(actor: Actor, verb: str, asked: HolderRequest) -> None:
    """This function will let pass the person their own request, and the body those about its certificates. :raises NotAllowed:"""
    _check_role(actor, REQUEST_MOVES, verb)
    if actor.office_kind is OfficeKind.CANDIDATE:
        check_is_own(actor, asked.certificate.holder)
    elif asked.body.office_id != actor.office_id:
        raise _no(actor, "只能办理本机构核发的证书的申请。", "请由发证机构办理。", ISSUER)


def check_may_import(actor: Actor) -> None:
    """This function will let pass the clerks of the centre and of the districts, who keep the lists of support. :raises NotAllowed:"""
    if actor.office_kind not in HANDLING or not actor.has(*CLERKS):
        raise _no(actor, "政策支持名单由市职鉴中心或者区人社局的经办人导入。", "请把名单交给他们。", our_default("政策支持名单"))


def check_may_process(actor: Actor) -> None:
    """This function will let pass the worker. :raises NotAllowed:"""
    if not actor.is_platform:
        raise _no(actor, "名单由平台逐行处理。", "请查看处理结果。", our_default("政策支持名单"))


def check_may_undo_list(actor: Actor, run: SupportImport) -> None:
    """This function will let pass the clerks of the office that handed a list in. :raises NotAllowed:"""
    check_may_import(actor)
    if run.office_id != actor.office_id:
        raise _no(actor, "只能撤销本单位登记的名单。", "请由登记的单位办理。", our_default("政策支持名单"))


def why_not(check: Callable[..., None], *given: Any) -> str:
    """This function will give the sentence with which a check of this module would refuse, or nothing."""
    try:
        check(*given)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def can(check: Callable[..., None], *given: Any) -> bool:
    """This function will say whether a check of this module would let pass."""
    return not why_not(check, *given)


def _check_handles(actor: Actor, case: Revocation) -> None:
    if case.office_id != actor.office_id:
        raise _no(actor, f"这件案件由{case.office}承办。", "请联系承办单位。")
