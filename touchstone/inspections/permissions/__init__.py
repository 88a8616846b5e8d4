"""双随机权限: who makes and approves a plan, and who freezes, announces, enters, attests, draws and makes void?

`通知 三(三)1`: a district on its ground, the city centre for what is filed with the city; nobody for another office, and never a body.
"""

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.queries import person_behind
from touchstone.inspections.models import Draw, Plan, Recusal, Task, Visit, VisitFinding
from touchstone.inspections.states import DRAW_MOVES, FINDING_MOVES, PLAN_MOVES, TASK_MOVES, VISIT_MOVES
from touchstone.kernel.moves import Moves
from touchstone.policy.inspections import LAW, SUPERVISED
from touchstone.policy.roles import OfficeKind, Role

DRAWING = frozenset({OfficeKind.CITY_CENTRE, OfficeKind.DISTRICT_BUREAU})


def _no(actor: Actor, sentence: str, next_step: str) -> NotAllowed:
    return NotAllowed(sentence, SUPERVISED, f"您当前身份为“{actor.label}”，{next_step}")


def check_may_plan(actor: Actor) -> None:
    """This function will let pass the supervisors of the city centre and of the districts. :raises NotAllowed:"""
    if actor.office_kind not in DRAWING or not actor.has(Role.SUPERVISOR):
        raise _no(actor, "年度抽查计划由市职鉴中心和各区人社局的质量督导员编制。", "请换用质量督导员身份。")


def check_may_plan_act(actor: Actor, verb: str, plan: Plan) -> None:
    """This function will let pass who may do `verb` to a plan of their own office. :raises NotAllowed:"""
    _check_role(actor, PLAN_MOVES, verb)
    _check_office(actor, plan)


def check_may_draw(actor: Actor, plan: Plan) -> None:
    """This function will let pass the supervisors of the office whose plan it is: they begin a draw. :raises NotAllowed:"""
    if not actor.has(Role.SUPERVISOR):
        raise _no(actor, "抽取由质量督导员发起。", "请换用质量督导员身份。")
    _check_office(actor, plan)


def check_may(actor: Actor, verb: str, draw: Draw) -> None:
    """This function will let pass who may do `verb` to a draw of their own office. :raises NotAllowed:"""
    if actor.is_platform and Role.PLATFORM in DRAW_MOVES.roles(verb):
        return
    _check_role(actor, DRAW_MOVES, verb)
    _check_office(actor, draw.plan)


def _check_role(actor: Actor, moves: Moves, verb: str) -> None:  # type: ignore[type-arg]
    roles = [Role(role) for role in moves.roles(verb)]
    if actor.office_kind not in DRAWING or not actor.has(*roles):
        title = next(line.title for line in moves if line.verb == verb)
        names = "、".join(sorted(role.label for role in roles))
        raise _no(actor, f"“{title}”由{names}办理。", "请换用有权限的身份或联系经办人。")


def _check_office(actor: Actor, plan: Plan) -> None:
    if plan.office_id != actor.office_id:
        raise _no(actor, f"这是{plan.office.name}的抽查。", "只能办理本单位的抽查。")


def check_may_visit(actor: Actor, verb: str, task: Task) -> None:
    """This function will let pass the inspectors who are sent on a visit. :raises NotAllowed:"""
    _check_role(actor, TASK_MOVES, verb)
    person = person_behind(actor)
    if person is None or not task.inspectors.filter(person=person, standing=True).exists():
        raise _no(actor, "检查由派往该机构的检查人员进行。", "只能办理派给您的抽查任务。")


def check_may_begin_check(actor: Actor) -> None:
    """This function will let pass the supervisors of the city centre and of the districts; on which ground, `office_supervises` says.

    :raises NotAllowed:
    """
    if actor.office_kind not in DRAWING or not actor.has(Role.SUPERVISOR):
        raise _no(actor, "日常督导由市职鉴中心和各区人社局的质量督导员发起。", "请换用质量督导员身份。")


def check_may_inspect(actor: Actor, verb: str, visit: Visit) -> None:
    """This function will let pass the inspectors of a visit. :raises NotAllowed:"""
    _check_role(actor, VISIT_MOVES, verb)
    person = person_behind(actor)
    if person is None or not visit.inspectors.filter(person=person).exists():
        raise _no(actor, "检查记录由这次检查的检查人员填写、签字和封存。", "只能办理由您参加的检查。")


def check_may_sign_for_body(actor: Actor, visit: Visit) -> None:
    """This function will let pass those who answer for the body that is visited. :raises NotAllowed:"""
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or visit.body.office_id != actor.office_id:
        raise _no(actor, "检查记录由被检查机构的在场人员签字。", "只能为本机构签字。")
    if not actor.has(*(Role(role) for role in VISIT_MOVES.roles("sign_for_body"))):
        raise _no(actor, "机构的签字由机构负责人或者考务经办人作出。", "请换用有权限的身份。")


def check_may_treat(actor: Actor, verb: str, problem: VisitFinding) -> None:
    """This function will let pass who may do `verb` to what a visit found: supervisors of the office that inspected; to report, the body itself.

    :raises NotAllowed:
    """
    if verb == "report":
        if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or problem.visit.body.office_id != actor.office_id:
            raise _no(actor, "改正情况由被检查的评价机构报告。", "只能报告本机构的改正情况。")
        if not actor.has(*(Role(role) for role in FINDING_MOVES.roles(verb))):
            raise _no(actor, "改正情况由机构负责人或者考务经办人报告。", "请换用有权限的身份。")
        return
    if verb == "take_up" and actor.is_platform:
        return  # the app that opens the case has checked who may
    _check_role(actor, FINDING_MOVES, verb)
    if problem.visit.office_id != actor.office_id:
        raise _no(actor, f"这是{problem.visit.office.name}的检查。", "只能办理本单位检查发现的问题。")


def why_not_treat(actor: Actor, verb: str, problem: VisitFinding) -> str:
    """This function will give the sentence why the actor may not, or nothing when they may."""
    try:
        check_may_treat(actor, verb, problem)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def may_inspect(actor: Actor, verb: str, visit: Visit) -> bool:
    """This function will say whether `check_may_inspect` would let pass."""
    try:
        check_may_inspect(actor, verb, visit)
    except NotAllowed:
        return False
    return True


def may_sign_for_body(actor: Actor, visit: Visit) -> bool:
    """This function will say whether `check_may_sign_for_body` would let pass."""
    try:
        check_may_sign_for_body(actor, visit)
    except NotAllowed:
        return False
    return True


def check_may_declare(actor: Actor) -> None:
    """This function will let pass the supervisors of an office that draws: each declares for themselves. :raises NotAllowed:"""
    if actor.office_kind not in DRAWING or not actor.has(Role.SUPERVISOR):
        raise _no(actor, "回避由检查人员本人申报。", "请换用质量督导员身份。")


def check_may_end_recusal(actor: Actor, recusal: Recusal) -> None:
    """This function will let pass the director of the office, for somebody else's recusal. :raises NotAllowed:"""
    if not actor.has(Role.DIRECTOR) or recusal.office_id != actor.office_id:
        raise _no(actor, "解除回避由本单位审批负责人办理。", "请联系审批负责人。")
    person = person_behind(actor)
    if person is not None and person.pk == recusal.person_id:
        raise NotAllowed("不能解除自己的回避。", LAW, "请由本单位其他负责人办理。")


def why_not(actor: Actor, verb: str, draw: Draw) -> str:
    """This function will give the sentence why the actor may not, or nothing when they may."""
    try:
        check_may(actor, verb, draw)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def can_plan_act(actor: Actor, verb: str, plan: Plan) -> bool:
    """This function will say whether `check_may_plan_act` would let pass."""
    try:
        check_may_plan_act(actor, verb, plan)
    except NotAllowed:
        return False
    return True


def can_plan(actor: Actor) -> bool:
    """This function will say whether `check_may_plan` would let pass."""
    try:
        check_may_plan(actor)
    except NotAllowed:
        return False
    return True


def can_draw(actor: Actor, plan: Plan) -> bool:
    """This function will say whether `check_may_draw` would let pass."""
    try:
        check_may_draw(actor, plan)
    except NotAllowed:
        return False
    return True
