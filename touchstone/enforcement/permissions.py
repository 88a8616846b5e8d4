"""机构案件权限: who may open, handle, decide, serve, answer, appeal, advise and read?

Officers of the office that handles a case find out and propose; its director, who does not handle it, decides (our default); the office above
answers an appeal; a body speaks for itself; another authority sees the one case it was asked about.
"""

from collections.abc import Callable
from typing import Any

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.enforcement.facts.procedure import ever_officers, standing_officers
from touchstone.enforcement.models import Case, CaseArchive, Help
from touchstone.enforcement.states import LAW, MEASURE_MOVES, MOVES, OFFICERS
from touchstone.kernel.law import Clause
from touchstone.policy.documents import our_default
from touchstone.policy.roles import OfficeKind, Role

HANDLING = frozenset({OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU})
BODY = frozenset({Role.BODY_FILER, Role.BODY_PLANNER, Role.BODY_LEADER})
APART = our_default("机构案件办理程序")


def _no(actor: Actor, sentence: str, next_step: str, clause: Clause = LAW) -> NotAllowed:
    return NotAllowed(sentence, clause, f"您当前身份为“{actor.label}”，{next_step}")


def check_may_open(actor: Actor) -> None:
    """This function will let pass the officers of the centre and of the districts. :raises NotAllowed:"""
    if actor.office_kind not in HANDLING or not actor.has(*OFFICERS):
        raise _no(actor, "机构案件由市职鉴中心和区人社局的质量督导员、受理经办人或者备案登记员登记。", "请把线索转给他们。")


def check_may(actor: Actor, verb: str, case: Case) -> None:
    """This function will let pass who may do `verb` to a case: people of the office that handles it, in the role for it. :raises NotAllowed:"""
    if actor.is_platform:
        return
    roles = [Role(role) for role in MOVES.roles(verb)]
    title = next(line.title for line in MOVES if line.verb == verb)
    if not actor.has(*roles):
        names = "、".join(sorted(role.label for role in roles if role is not Role.PLATFORM))
        raise _no(actor, f"“{title}”由{names}办理。", "请换用有权限的身份或联系经办人。")
    check_office(actor, case)


def check_office(actor: Actor, case: Case) -> None:
    """This function will let pass the people of the office that handles a case. :raises NotAllowed:"""
    if case.office_id != actor.office_id:
        raise _no(actor, f"这件案件由{case.office}承办。", "请联系承办单位。")


def check_handles(actor: Actor, case: Case) -> None:
    """This function will let pass those who handle a case. :raises NotAllowed:"""
    check_office(actor, case)
    if not actor.has(*OFFICERS) or actor.user_id not in standing_officers(case):
        raise _no(actor, "本案由办理人办理。", "请由办理人邀请您，并由您接受后再办理。", APART)


def check_apart(actor: Actor, case: Case) -> None:
    """This function will let pass people of the office who never handled the case: whoever looked into it does not judge it. :raises NotAllowed:"""
    check_office(actor, case)
    if actor.user_id in ever_officers(case):
        raise _no(actor, "您办理（或者办理过）本案，这一步须由不办理本案的人办理。", "请由本单位其他人办理。", APART)


def check_decides(actor: Actor, verb: str, case: Case) -> None:
    """This function will let pass the director of the office who does not handle the case. :raises NotAllowed:"""
    check_may(actor, verb, case)
    check_apart(actor, case)


def check_in_charge(actor: Actor, case: Case) -> None:
    """This function will let pass directors of the office: what follows from a decision is not judged again. :raises NotAllowed:"""
    check_office(actor, case)
    if not actor.has(Role.DIRECTOR):
        raise _no(actor, "这一步由本单位审批负责人办理。", "请联系审批负责人。")


def check_of_body(actor: Actor, case: Case) -> None:
    """This function will let pass the people of the body a case is about. :raises NotAllowed:"""
    own = case.body is not None and case.body.office_id == actor.office_id
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or not own or not actor.has(*BODY):
        raise _no(actor, "只有当事机构可以办理。", "请由当事机构的人员办理。")


def check_speaks_for_body(actor: Actor, case: Case) -> None:
    """This function will let pass the leader of the body a case is about, who speaks for it. :raises NotAllowed:"""
    check_of_body(actor, case)
    if not actor.has(Role.BODY_LEADER):
        raise _no(actor, "陈述申辩、要求听证、签字和申诉由机构负责人办理。", "请联系本机构负责人。")


def check_may_correct(actor: Actor, case: Case) -> None:
    """This function will let pass those of the body who report what was corrected. :raises NotAllowed:"""
    check_of_body(actor, case)
    if not actor.has(*(Role(role) for role in MEASURE_MOVES.roles("report"))):
        raise _no(actor, "改正情况由本机构的经办人或者负责人报告。", "请联系本机构负责人。")


def check_may_answer_appeal(actor: Actor, case: Case) -> None:
    """This function will let pass the director of the office above, who neither handled nor decided the case. :raises NotAllowed:"""
    if case.appeal_to_id != actor.office_id or not actor.has(Role.DIRECTOR):
        raise _no(actor, "申诉由作出决定的单位的上级审批负责人答复。", "请转交决定书写明的申诉受理单位。")
    if actor.user_id == case.decided_by_id or actor.user_id in ever_officers(case):
        raise _no(actor, "您办理或者决定过本案，申诉须由另一人答复。", "请由本单位其他负责人答复。", APART)


def check_may_advise(actor: Actor, asked: Help) -> None:
    """This function will let pass the people of the authority that was asked. :raises NotAllowed:"""
    if asked.office_id != actor.office_id or not actor.has(Role.CASE_ADVISER, Role.CONSENT_OFFICER, Role.SUPERVISOR, Role.DIRECTOR):
        raise _no(actor, "意见由被征求意见的部门答复。", "请联系被征求意见的部门。")


def check_may_lift(actor: Actor, case: Case) -> None:
    """This function will let pass the director of the office that decided. :raises NotAllowed:"""
    check_in_charge(actor, case)


def handles_archive(actor: Actor, archive: CaseArchive) -> bool:
    """This function will say whether an actor's office handled the case of an archive."""
    return archive.case.office_id == actor.office_id


def is_of_body(actor: Actor, case: Case) -> bool:
    """This function will say whether an actor acts for the body a case is about."""
    return case.body is not None and actor.office_kind is OfficeKind.ASSESSMENT_BODY and case.body.office_id == actor.office_id


def check_may_approve_opening(actor: Actor, archive: CaseArchive) -> None:
    """This function will let pass the director of the office whose archive it is. :raises NotAllowed:"""
    check_in_charge(actor, archive.case)


def check_is_platform(actor: Actor) -> None:
    """This function will let pass the platform's worker. :raises NotAllowed:"""
    if not actor.is_platform:
        raise _no(actor, "到期的提醒由平台自动办理。", "请在案件页面办理。")


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
