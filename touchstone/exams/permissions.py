"""认定权限: who may plan, register, review, examine and look on?

A body's planner and leader act on their own plans; the supervisors of the district where the body is registered sign for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import compare_digest
from typing import TYPE_CHECKING

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.people import opened_id_number
from touchstone.accounts.queries import user_behind
from touchstone.exams.models import Archive, Candidate, Plan, Script, Seat, Sitting
from touchstone.exams.queries.assessors import assessors_of, reserve_of, user_of
from touchstone.exams.queries.panel import chair_of
from touchstone.exams.queries.serving import Duty, duties
from touchstone.exams.states import MOVES, SittingPhase
from touchstone.experts.queries.dispatch import RESERVE
from touchstone.experts.states import AssignmentState
from touchstone.filings import permissions as filings
from touchstone.kernel.law import Clause
from touchstone.policy.documents import notice
from touchstone.policy.roles import BodyKind, OfficeKind, Role

if TYPE_CHECKING:
    from touchstone.experts.models import Assignment


@dataclass(frozen=True)
class Act:
    """One thing that may be done: the roles that may, and the sentence for those who may not."""

    roles: frozenset[Role]
    sentence: str
    clause: Clause


_PLANNERS = frozenset({Role.BODY_PLANNER, Role.BODY_LEADER})
_CONSULTING = frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.INTAKE_CLERK})
_OWN = notice("一")
_RECORD = notice("三(二)4")
_WATCH = notice("三(三)1")
DIGITS = 6
"""How many of the last places of an identity number a candidate types at the seat."""

_ACTS: Mapping[str, Act] = {
    "plan": Act(_PLANNERS, "认定计划由评价机构的考务经办人或负责人编制和上报", _OWN),
    "register": Act(_PLANNERS, "报名由评价机构的考务经办人或负责人办理", _RECORD),
    "review": Act(_PLANNERS, "资格审核由评价机构的考务经办人或负责人办理", _RECORD),
    "put_forward_exception": Act(_PLANNERS, "直接认定和破格由企业的考务经办人或负责人提出", _RECORD),
    "decide_exception": Act(frozenset({Role.BODY_LEADER}), "直接认定和破格由企业负责人决定", _RECORD),
    "arrange": Act(_PLANNERS, "考场和人员由评价机构的考务经办人或负责人编排", _RECORD),
    "attend": Act(_PLANNERS, "到考情况由评价机构的考务经办人或负责人登记", _RECORD),
    "score": Act(_PLANNERS, "成绩由评价机构的考务经办人或负责人登记", _RECORD),
    "hand_in_papers": Act(_PLANNERS, "综合评审材料由考生本人，或者本机构的考务经办人、负责人代为提交", _RECORD),
    "review_scores": Act(_PLANNERS | {Role.BODY_FILER}, "成绩抽查复核由评价机构没有录入过成绩的工作人员办理", _RECORD),
    "unlock_scores": Act(frozenset({Role.BODY_LEADER}), "成绩由机构负责人写明理由解锁", _RECORD),
    "answer_objection": Act(_PLANNERS, "成绩公示的异议由评价机构的考务经办人或负责人核查答复", _OWN),
    "exempt": Act(_PLANNERS, "课程单元免考和合并考试由院校的考务经办人或负责人核定", notice("二(三)")),
    "ask_register": Act(frozenset({Role.PLATFORM}), "外部登记由平台自动查询，答复由平台自动登记", _RECORD),
    "clock": Act(frozenset({Role.PLATFORM}), "到时自动交卷、评分由平台自动办理", _RECORD),
    "keep_archive": Act(_PLANNERS, "评价档案由评价机构的考务经办人或负责人汇编", _RECORD),
    "seal_archive": Act(frozenset({Role.BODY_LEADER}), "评价档案由机构负责人封存", _RECORD),
    "destroy_archive": Act(frozenset({Role.BODY_LEADER}), "评价档案的销毁由机构负责人决定", _RECORD),
    "bind_archive": Act(frozenset({Role.PLATFORM}), "档案各卷由平台装订", _RECORD),
    "sign_for_plan": Act(frozenset({Role.SUPERVISOR}), "认定计划由评价机构注册地区人社局的质量督导员签收", _WATCH),
}
_VERBS = {
    "draft_plan": "plan",
    "change_plan": "plan",
    "report_plan": "plan",
    "cancel_plan": "plan",
    "close_review": "review",
    "reopen_review": "review",
    "rearrange": "arrange",
    "close_sittings": "attend",
}


def act_of(verb: str) -> Act:
    """This function will give who may do `verb`: from the table above, else from the table of moves."""
    found = _ACTS.get(_VERBS.get(verb, verb))
    if found is not None:
        return found
    lines = [line for line in MOVES if line.verb == verb]
    roles = frozenset(Role(role) for line in lines for role in line.by)
    names = "、".join(sorted(role.label for role in roles))
    return Act(roles, f"“{lines[0].title}”由{names}办理", lines[0].clause or _OWN)


def check_may(actor: Actor, verb: str, plan: Plan | None = None) -> None:
    """This function will let pass who may do `verb` (to `plan`). :raises NotAllowed: with a sentence."""
    if actor.is_platform:
        return
    act = act_of(verb)
    if not actor.has(*act.roles):
        raise NotAllowed(f"{act.sentence}。", act.clause, f"您当前身份为“{actor.label}”，请换用有权限的身份或联系经办人。")
    if verb == "sign_for_plan":
        _check_ground(actor, plan)
    elif actor.office_kind is not OfficeKind.ASSESSMENT_BODY or (plan is not None and plan.body.office_id != actor.office_id):
        raise NotAllowed("只能办理本机构的认定计划。", _OWN, "其他机构的计划请由该机构办理。")


def _check_ground(actor: Actor, plan: Plan | None) -> None:
    own = plan is not None and plan.body.district == actor.district
    if actor.office_kind is not OfficeKind.DISTRICT_BUREAU or not own:
        raise NotAllowed("这份计划的评价机构不在您所在区注册，由其注册地的区人社局签收。", _WATCH, "需要了解情况的，可以查看，不能签收。")


def check_may_consult(actor: Actor, archive: Archive) -> None:
    """This function will let pass who may look into an archive: whoever keeps it at its body, and those who supervise or decide on its ground.

    :raises NotAllowed: with a sentence.
    """
    if actor.is_platform:
        return
    if not Archive.objects.visible_to(actor).filter(pk=archive.pk).exists():
        raise NotAllowed("没有这份评价档案，或者它不在您的管辖范围内。", _RECORD, "请核对档号，或返回档案列表查找。")
    if not actor.has(*(_PLANNERS if actor.office_kind is OfficeKind.ASSESSMENT_BODY else _CONSULTING)):
        sentence = "评价档案由评价机构的考务经办人、负责人查阅；主管单位由质量督导员、审批负责人、受理经办人调阅。"
        raise NotAllowed(sentence, _RECORD, f"您当前身份为“{actor.label}”，请由有权限的人员办理。")


def check_may_refer(actor: Actor, candidate: Candidate) -> None:
    """This function will let pass the offices that supervise a body, about a candidate of a plan on their ground. :raises NotAllowed:"""
    if not actor.is_authority or not Candidate.objects.visible_to(actor).filter(pk=candidate.pk).exists():
        raise NotAllowed("没有这名考生，或者评价机构不在您的管辖范围内。", _WATCH, "请核对证书编号，或联系监管该机构的单位。")
    if not actor.has(Role.SUPERVISOR, Role.DIRECTOR):
        sentence = "告知承诺不实的线索，由质量督导员或审批负责人交评价机构核查。"
        raise NotAllowed(sentence, _WATCH, f"您当前身份为“{actor.label}”，请由有权限的人员办理。")


def why_not_consult(actor: Actor, archive: Archive) -> str:
    """This function will give the sentence why the actor may not look into an archive, or nothing when they may."""
    try:
        check_may_consult(actor, archive)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def check_may_sign_up(actor: Actor) -> None:
    """This function will let pass a visitor who opens a candidate's log-in. :raises NotAllowed:"""
    if actor.office_kind is not None:
        raise NotAllowed("您已经登录，不用另外注册。", _RECORD, f"您当前身份为“{actor.label}”，需要报名的，请开通考生身份。")


def check_may_register_oneself(actor: Actor, plan: Plan) -> None:
    """This function will let pass a candidate at their own desk, for a plan that is open to them; whom it registers is always themselves.

    :raises NotAllowed:
    """
    if actor.office_kind is not OfficeKind.CANDIDATE or not actor.has(Role.CANDIDATE):
        raise NotAllowed("本人报名须用考生身份办理。", _RECORD, f"您当前身份为“{actor.label}”，请登录或切换到考生身份。")
    if not plan.open_to_candidates:
        raise NotAllowed("这份计划不开放本人报名，由评价机构集体登记。", _RECORD, "请联系您的单位或学校，或选择其他可报名的计划。")


def check_is_own(actor: Actor, number: str) -> None:
    """This function will let pass a candidate, at their own desk, whose registration this is. :raises NotAllowed:"""
    own = actor.office_kind is OfficeKind.CANDIDATE and Candidate.objects.visible_to(actor).filter(number=number).exists()
    if not own:
        raise NotAllowed("没有这次报名，或者它不是您本人的。", _RECORD, "请从“我的报名”中打开。")


def check_may_replace(actor: Actor, plan: Plan) -> None:
    """This function will let pass the body whose plan cannot be finished, and who keeps the records for the office that filed it."""
    if not actor.is_authority:
        check_may(actor, "register", plan)
    elif not filings.can(actor, "keep_records", plan.scope_item.filing.root or plan.scope_item.filing):
        sentence = "考生转由其他机构评价，由原机构或者受理备案的单位提出。"
        raise NotAllowed(sentence, notice("三(四)3"), f"您当前身份为“{actor.label}”，请联系受理备案的单位。")


_SERVE: Mapping[str, tuple[frozenset[Duty], str]] = {
    "open_sitting": (frozenset({Duty.SUPERVISES}), "场次由本场的内部质量督导员本人，或者本机构的考务经办人、负责人核验其身份后开考"),
    "close_sitting": (frozenset({Duty.SUPERVISES}), "场次由本场的内部质量督导员，或者本机构的考务经办人、负责人结束"),
    "watch_computers": (frozenset({Duty.SUPERVISES, Duty.WATCHES}), "允许换机、延长时间由本场的监考、督导人员，或者本机构的考务经办人、负责人办理"),
    "sign_in": (frozenset(Duty) - {Duty.LOOKS_ON}, "考生入场由本场的监考、考评、督导人员，或者本机构的考务经办人、负责人登记"),
}


def check_may_serve(actor: Actor, verb: str, sitting: Sitting) -> frozenset[Duty]:
    """This function will let pass who serves in a sitting as `verb` asks, and the planners of its body, and say as what they serve there.

    :raises NotAllowed: with a sentence.
    """
    own, sentence = _SERVE[verb]
    serves = duties(sitting, user_behind(actor))
    if actor.is_platform or serves & own:
        return serves
    if actor.has(*_PLANNERS) and actor.office_kind is OfficeKind.ASSESSMENT_BODY and sitting.plan.body.office_id == actor.office_id:
        return serves
    raise NotAllowed(f"{sentence}。", _WATCH, f"您当前身份为“{actor.label}”，请由当班人员办理。")


def may_serve(actor: Actor, verb: str, sitting: Sitting) -> bool:
    """This function will say whether `check_may_serve` would let pass."""
    try:
        check_may_serve(actor, verb, sitting)
    except NotAllowed:
        return False
    return True


def check_hands_in(actor: Actor, candidate: Candidate) -> bool:
    """This function will let pass whose registration it is, at their own desk, and the planners of the body for them; True for the former.

    :raises NotAllowed: with a sentence.
    """
    if actor.office_kind is OfficeKind.CANDIDATE:
        check_is_own(actor, candidate.number)
        return True
    check_may(actor, "hand_in_papers", candidate.plan)
    return False


def check_reads_papers(actor: Actor, sitting: Sitting) -> "Assignment":
    """This function will let pass a member of the panel of a sitting who has accepted to come, and give the assignment: nobody else reads its papers.

    :raises NotAllowed: with a sentence.
    """
    own = _sent_to(actor, sitting)
    if own is None:
        step = f"您当前身份为“{actor.label}”。派到本场的，请以考评人员身份登录。"
        raise NotAllowed("综合评审材料只供派到本场的评审委员审阅。", _RECORD, step)
    if own.state == AssignmentState.OFFERED:
        raise NotAllowed("您还没有答复这次派遣，不能审阅材料。", _RECORD, "请先在“我的任务”中接受派遣。")
    return own


def check_heads_panel(actor: Actor, sitting: Sitting) -> "Assignment":
    """This function will let pass the chair of a panel, signed in at the sitting. :raises NotAllowed: with a sentence."""
    own, chair = check_marks(actor, sitting), chair_of(assessors_of(sitting))
    if chair is None or chair.pk != own.pk:
        step = f"本场组长是{chair.member.person.name}，请由组长办理。" if chair is not None else "请联系评价机构。"
        raise NotAllowed("答辩由评审组长主持计时。", _RECORD, step)
    return own


def _sent_to(actor: Actor, sitting: Sitting) -> "Assignment | None":
    if actor.office_kind is not OfficeKind.CORPS or actor.user_id is None:
        return None
    reserve = reserve_of(sitting)
    people = [*assessors_of(sitting), *([reserve] if reserve is not None else [])]
    return next((one for one in people if user_of(one) == actor.user_id), None)


def check_marks(actor: Actor, sitting: Sitting) -> "Assignment":
    """This function will let pass an assessor sent to a sitting who has signed in there, and give the assignment.

    :raises NotAllowed: to everybody else, with a sentence.
    """
    own = _sent_to(actor, sitting)
    if own is None:
        step = f"您当前身份为“{actor.label}”。派到本场的，请以考评人员身份登录。"
        raise NotAllowed("只有派到本场的考评人员可以评分、查看评分。", _RECORD, step)
    if own.slot == RESERVE:
        if own.state == AssignmentState.OFFERED:
            raise NotAllowed("您还没有答复这次派遣，不能复评。", _RECORD, "请先在“我的任务”中接受派遣。")
        return own  # reviews from photos and work kept, perhaps after the sitting
    if own.signed_in_at is None:
        raise NotAllowed("您还没有到场签到，不能评分。", _RECORD, "请先在“我的任务”中打开这次任务签到。")
    return own


def can(actor: Actor, verb: str, plan: Plan | None = None) -> bool:
    """This function will say whether `check_may` would let pass."""
    return not why_not(actor, verb, plan)


def why_not(actor: Actor, verb: str, plan: Plan | None = None) -> str:
    """This function will give the sentence why the actor may not, or nothing when they may."""
    try:
        check_may(actor, verb, plan)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def has_district(kind: BodyKind) -> bool:
    """This function will say whether plans of this kind of body are signed for by a district (三(三)1: filed or registered there)."""
    return kind in {BodyKind.ENTERPRISE, BodyKind.SCHOOL}


def check_over(sitting: Sitting) -> None:
    """This function will let anybody look at figures of scripts only after the sitting. :raises NotAllowed: before."""
    if sitting.phase is not SittingPhase.CLOSED:
        raise NotAllowed("考试结束以前，谁都不能查看作答和得分。", _RECORD, "请在本场结束以后再来；监考人员可以在机考监考页看进度。")


def seat_actor(seat: Seat) -> Actor:
    """This function will give a candidate as the one who acts at a seat of the exam room, without a log-in of their own."""
    return Actor(person_name=seat.candidate.name, office_name=f"{seat.sitting.room.name}{seat.seat_number}号座位")


def check_sits(seat: Seat | None, digits: str) -> Seat:
    """This function will let pass the candidate whose seat it is, known by ticket, room code and the last digits of the identity number.

    :raises NotAllowed: with one sentence for all that may be wrong, so that nobody learns which it was.
    """
    if seat is not None and compare_digest(last_digits(seat).upper().encode(), digits.strip().upper().encode()):
        return seat
    step = "请对照准考证和考场黑板核对；仍不对的，请举手联系监考人员。"
    raise NotAllowed(f"准考证号、证件号码后{DIGITS}位、考场口令对不上。", _RECORD, step)


def last_digits(seat: Seat) -> str:
    """This function will give what a candidate has to type of their identity number; it is compared, and shown in a synthetic city only."""
    return opened_id_number(seat.candidate.person)[-DIGITS:]


def check_writes(script: Script, holder: int) -> None:
    """This function will let pass the browser that a script is written in now. :raises NotAllowed: to every other."""
    if script.holder != holder:
        raise NotAllowed("这份答卷已经换到另一台计算机上作答，本机不能再作答。", _RECORD, "请到新的座位继续；不是您本人换机的，请举手联系监考人员。")
