"""考核与分级权限: who opens a year, reports, scores, tells, objects, publishes, reviews and confirms a grade, and evaluates a term?

`通知 三(三)3` with `三(三)1`: the body for itself, the office that leads in supervising it first, the city centre after it and for all.
"""

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.grading.models import Assessment, GradeLine, TermEvaluation
from touchstone.grading.states import GRADE_MOVES, MOVES, TERM_MOVES
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import Moves
from touchstone.policy.documents import notice
from touchstone.policy.roles import OfficeKind, Role
from touchstone.policy.supervision.assessment import LAW

SUPERVISED = notice("三(三)1")
_BODY = frozenset({"report", "object", "contest"})
_CENTRE = frozenset({"score_second", "tell", "publish", "confirm", "answer"})
_OPENERS = frozenset({Role.DIRECTOR, Role.SUPERVISOR, Role.INTAKE_CLERK})
Case = Assessment | GradeLine | TermEvaluation


def _no(actor: Actor, sentence: str, next_step: str) -> NotAllowed:
    return NotAllowed(sentence, SUPERVISED, f"您当前身份为“{actor.label}”，{next_step}")


def check_may_open(actor: Actor) -> None:
    """This function will let pass the people of the city centre who run assessments and grades, and the platform. :raises NotAllowed:"""
    if actor.is_platform or (actor.office_kind is OfficeKind.CITY_CENTRE and actor.has(*_OPENERS)):
        return
    raise _no(actor, "年度考核和定级由市职鉴中心组织开展。", "请等待市职鉴中心开展，或联系市职鉴中心。")


def check_may_process(actor: Actor) -> None:
    """This function will let the platform's worker pass. :raises NotAllowed:"""
    if not actor.is_platform:
        raise _no(actor, "预填和计算由平台在后台办理。", "请等待完成，可以离开本页。")


def check_may(actor: Actor, verb: str, case: Case) -> None:
    """This function will let pass who may do `verb` to an assessment, a grade or an evaluation. :raises NotAllowed:"""
    moves: Moves = MOVES if isinstance(case, Assessment) else GRADE_MOVES if isinstance(case, GradeLine) else TERM_MOVES  # type: ignore[type-arg]
    roles = [Role(role) for role in moves.roles(verb)]
    title = next(line.title for line in moves if line.verb == verb)
    if verb in _BODY:
        if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or actor.office_id != case.body.office_id:
            raise _no(actor, f"“{title}”由{case.body.name}办理。", "只能办理本机构的。")
    elif verb in _CENTRE:
        if actor.office_kind is not OfficeKind.CITY_CENTRE:
            raise _no(actor, f"“{title}”由市职鉴中心办理。", "请联系市职鉴中心。")
    elif actor.office_id != case.office_id:
        raise _no(actor, f"“{title}”由{case.office.name}办理。", "只能办理本单位负责的机构。")
    if actor.office_kind is not OfficeKind.CITY_CENTRE and verb not in _BODY:
        roles = [role for role in roles if role is not Role.INTAKE_CLERK]  # in a district its supervisors
    if not actor.has(*roles):
        names = "、".join(sorted(role.label for role in roles))
        raise _no(actor, f"“{title}”由{names}办理。", "请换用有权限的身份或联系经办人。")


def check_may_score_as_expert(actor: Actor, case: Assessment) -> None:
    """This function will let pass the experts of the city centre, for what was drawn for them. :raises NotAllowed:"""
    if actor.office_kind is not OfficeKind.CITY_CENTRE or not actor.has(Role.EXPERT):
        raise _no(actor, "专家抽查由市级评审专家评分。", "请换用评审专家身份。")
    if not case.sampled:
        raise NotAllowed("这家机构没有被抽中。", LAW, "请从抽中的机构中选择。")


def check_may_see_pages(actor: Actor) -> None:
    """This function will let pass the offices that supervise: the city's and the districts'. :raises NotAllowed:"""
    if actor.office_kind not in {OfficeKind.CITY_BUREAU, OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU}:
        raise _no(actor, "考核与分级由市、区人社部门办理。", "公布的结果请在公开页面查看。")


def why_not(actor: Actor, verb: str, case: Case) -> str:
    """This function will give the sentence why the actor may not, or nothing when they may."""
    try:
        check_may(actor, verb, case)
    except Refusal as refusal:
        return str(refusal)
    return ""


def can_open(actor: Actor) -> bool:
    """This function will say whether `check_may_open` would let pass."""
    try:
        check_may_open(actor)
    except NotAllowed:
        return False
    return True


def can_score_as_expert(actor: Actor, case: Assessment) -> bool:
    """This function will say whether `check_may_score_as_expert` would let pass."""
    try:
        check_may_score_as_expert(actor, case)
    except NotAllowed:
        return False
    return True
