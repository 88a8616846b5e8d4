"""机考评卷: two markers give points to answers, not knowing whose they are nor what the other gave; a third decides where they differ."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.exams import permissions
from touchstone.exams.models import ComputerExam, Mark, Marker, Remark, Script, Sitting
from touchstone.exams.operations.plans import locked
from touchstone.exams.operations.remarks import settled
from touchstone.exams.operations.script_scores import Waiting, counted_scripts, forms_of, mark_of
from touchstone.exams.queries.marking import AGAIN, THIRD, marker_of, may_mark, standing_marks
from touchstone.exams.queries.remarks import own_scripts
from touchstone.exams.queries.scripts import standing, standing_answers
from touchstone.exams.states import SittingPhase
from touchstone.kernel.law import Refusal
from touchstone.ledger.operations import record
from touchstone.measurement.interchange.scoring import as_number, score
from touchstone.policy.exams.parts import plain_mark
from touchstone.policy.exams.scripts import MARKING
from touchstone.questions.answered import by_people, scoring_points, with_marks
from touchstone.questions.operations.delivering import delivered_form
from touchstone.questions.queries.papers import letters_of

_CENT, _HALF = Decimal("0.01"), Decimal("0.5")


@transaction.atomic
def appoint_markers(*, sitting_number: str, users: Sequence[int], by: Actor, at: datetime) -> list[Marker]:
    """This function will appoint two markers of the body, and a third for where they differ; before anybody has marked they may be changed.

    :raises Refusal: for fewer than three, the same person twice, somebody of another body, or once marks were given.
    """
    sitting = Sitting.objects.select_for_update(of=("self",)).select_related("plan__body__office").get(number=sitting_number)
    permissions.check_may(by, "score", sitting.plan)
    exam = ComputerExam.objects.filter(sitting=sitting).first()
    if exam is None:
        raise Refusal("本场次没有设为机考。", MARKING, "纸笔考试的评卷由机构自行组织。")
    if len(set(users)) != THIRD:
        raise Refusal("评卷人应为3名不同的人：两人独立评卷，相差大的由第三人评定。", MARKING, "请选择3名不同的人。")
    able = {one.pk for one in may_mark(sitting.plan, at)}
    if not set(users) <= able:
        raise Refusal("所选的评卷人不是本机构有岗位的人员。", MARKING, "请从列表中选择。")
    if Mark.objects.filter(script__exam=exam).exists():
        raise Refusal("已经开始评卷，不能更换评卷人。", MARKING, "确需更换的，请联系平台运行人员。")
    Marker.objects.filter(exam=exam).delete()
    made = Marker.objects.bulk_create(Marker(exam=exam, user_id=user, turn=turn, appointed_at=at) for turn, user in enumerate(users, 1))
    record("script.markers_appointed", sitting.number, by=by, at=at, detail={"markers": list(users)})
    return made


def to_mark(sitting: Sitting, by: Actor, at: datetime) -> list[Waiting]:
    """This function will give the answers that wait for the actor, question by question; those of a re-mark too.

    :raises NotAllowed: to anybody but a marker.
    """
    exam, marker, again = _marker(sitting, by)
    return sorted([*waiting_for(exam, marker, at), *_marked_anew(again, at)], key=lambda one: (one.script.letter, one.position, one.script.seed))


def _marked_anew(again: Sequence[Remark], at: datetime) -> list[Waiting]:
    scripts = [one.seat.script for one in again]
    answers, marks, forms = standing_answers(scripts), standing_marks(scripts), forms_of(scripts, at)
    return [
        Waiting(one.seat.script, position, AGAIN)
        for one in again
        for position in answers[one.seat.script.pk]
        if by_people(forms[one.seat.script.letter].placed[position].content)
        and not _since(marks.get((one.seat.script.pk, position), {}).get(AGAIN), one)
    ]


def _since(mark: Mark | None, remark: Remark) -> bool:
    """Whether a mark was given for this re-mark, and not for an earlier one."""
    return mark is not None and mark.marked_at >= remark.asked_at


def waiting_for(exam: ComputerExam, marker: Marker | None, at: datetime) -> list[Waiting]:
    """This function will give the answers that wait for a marker for the first time; for the third, those on which the first two differ."""
    if marker is None:
        return []
    scripts = list(exam.scripts.select_related("exam").filter(submitted_at__isnull=False, scored_at__isnull=True).order_by("seed"))
    if marker.turn == THIRD:
        return [one for count in counted_scripts(scripts, at).values() for one in count.waiting if one.turn == THIRD]
    answers, marks, forms = standing_answers(scripts), standing_marks(scripts), forms_of(scripts, at)
    return [
        Waiting(one, position, marker.turn)
        for one in scripts
        for position in answers[one.pk]
        if by_people(forms[one.letter].placed[position].content)
        and marker.turn not in marks.get((one.pk, position), {})
    ]


@transaction.atomic
def give_mark(*, script_number: str, position: int, given: Mapping[str, str], by: Actor, at: datetime) -> Mark:
    """This function will give an answer its points, scoring point by scoring point; given anew before the script is scored, it replaces the former.

    By whoever marks a script anew, the last answer ends the re-mark: the score stands or is corrected.

    :raises NotAllowed: to anybody but a marker. :raises Refusal: for points that cannot be, an answer that is not theirs to mark, a scored script.
    """
    script = Script.objects.select_for_update(of=("self",)).select_related("exam", "seat__sitting__plan").get(number=script_number)
    _, marker, again = _marker(script.seat.sitting, by)
    remark = next((one for one in again if one.seat_id == script.seat_id), None)
    turn = AGAIN if remark is not None else marker.turn if marker is not None else 0
    if (script.scored_at is not None and remark is None) or not turn:
        raise Refusal("这份答卷已经评分，不能再改评。", MARKING, "考生对成绩有异议的，按成绩复核办理。")
    placed = delivered_form(script.exam.paper_id, script.letter, at).placed.get(position)
    response = standing(script).get(position)
    if placed is None or not by_people(placed.content) or response is None:
        raise Refusal("这道题没有需要评卷的作答。", MARKING, "请从待评列表中选择。")
    marks = standing_marks([script]).get((script.pk, position), {})
    if turn == THIRD and not {1, 2} <= set(marks):
        raise Refusal("两名评卷人还没有评完这道题。", MARKING, "两人相差较大的，会出现在您的待评列表中。")
    read = _read(given, {one.key: one.most for one in scoring_points(placed.content)})
    composite = with_marks(placed.content, response, read)
    points = (score(placed.content, composite) / (placed.content.points or Decimal(1)) * placed.points).quantize(_CENT, ROUND_HALF_UP)
    Mark.objects.filter(script=script, position=position, turn=turn, replaced_at__isnull=True).update(replaced_at=at)
    made = Mark.objects.create(script=script, position=position, turn=turn, given=read, points=points, marked_by_id=by.user_id, marked_at=at)
    detail = {"position": position, "turn": turn, "points": str(points), "again": turn in marks}
    record("script.marked", script.number, by=by, at=at, detail=detail)
    if remark is not None and not _marked_anew([remark], at):
        _settle(script, remark, by=by.with_key(""), at=at)
    return made


def _settle(script: Script, remark: Remark, *, by: Actor, at: datetime) -> None:
    """What a script marked anew comes to becomes what the re-mark found."""
    plan = locked(script.seat.sitting.plan.number)
    count = counted_scripts([script], at)[script.pk]
    script.points = (count.machine + count.people).quantize(_CENT, ROUND_HALF_UP)
    script.save(update_fields=["points"])
    record("script.scored", script.number, by=by, at=at, detail={"machine": str(count.machine), "points": str(script.points)})
    settled(plan, remark, mark_of(script, at), "经另一名评卷人重新评卷", by=by, at=at)


def _marker(sitting: Sitting, by: Actor) -> tuple[ComputerExam, Marker | None, list[Remark]]:
    exam = ComputerExam.objects.filter(sitting=sitting).first()
    found = marker_of(exam, by.user_id) if exam is not None else None
    again = own_scripts(exam, by.user_id) if exam is not None else []
    if exam is None or (found is None and not again):
        raise NotAllowed("评卷由本场指定的评卷人办理。", MARKING, f"您当前身份为“{by.label}”，请联系机构的考务经办人。")
    if sitting.phase is not SittingPhase.CLOSED:
        raise NotAllowed("考试还没有结束，不能评卷。", MARKING, "请在本场结束以后再来。")
    return exam, found, again


def _read(given: Mapping[str, str], most: Mapping[str, Decimal]) -> dict[str, str]:
    found = {}
    for key, limit in most.items():
        value = as_number(str(given.get(key, "")).strip())
        if value is None or not 0 <= value <= limit or value % _HALF:
            raise Refusal(f"每个评分要点都要给分，应在0至{plain_mark(limit)}之间，可以给半分。", MARKING, "请逐项填写后再提交。")
        found[key] = plain_mark(value)
    return found


def has_questions_for_people(exam: ComputerExam, at: datetime) -> bool:
    """This function will say whether the paper of a sitting asks for markers; no, while it is not opened."""
    try:
        forms = [delivered_form(exam.paper_id, letter, at) for letter in letters_of(exam.paper_id)]
    except Refusal:
        return False
    return any(by_people(one.content) for form in forms for one in form.placed.values())
