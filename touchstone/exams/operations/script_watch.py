"""机考监考: somebody may go on at another computer, or gets more time; both with their reason."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import Script, Sitting
from touchstone.exams.operations.outcomes import RowResult, counted, refused
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.states import SittingPhase, SubmittedBy
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.operations import record
from touchstone.policy.exams.scripts import EXTRA_MOST


@transaction.atomic
def allow_move(*, script_number: str, reason: str, by: Actor, at: datetime) -> Script:
    """This function will let a candidate go on at another computer: the next one that begins at this seat's number takes the script over.

    :raises Refusal: without a reason, or once the script is handed in.
    """
    script = Script.objects.select_for_update(of=("self",)).select_related("seat__sitting__plan__body").get(number=script_number)
    permissions.check_may_serve(by, "watch_computers", script.seat.sitting)
    reason = _reason(reason)
    if script.submitted_at is not None:
        raise Refusal("已经交卷，不能换机。", RECORD, "无需办理。")
    script.move_allowed_at = at
    script.save(update_fields=["move_allowed_at"])
    record("script.move_allowed", script.number, by=by, at=at, reason=reason, detail={"from_computer": script.holder})
    return script


@transaction.atomic
def give_more_time(*, sitting_number: str, scripts: Sequence[str], minutes: int, reason: str, by: Actor, at: datetime) -> list[RowResult]:
    """This function will give candidates of a sitting more minutes and tell what became of each; a script that the clock handed in is opened again.

    :raises Refusal: without a reason, or for no number of minutes. :raises MoveRefused: unless the sitting is open.
    """
    sitting = Sitting.objects.select_for_update(of=("self",)).select_related("plan__body").get(number=sitting_number)
    permissions.check_may_serve(by, "watch_computers", sitting)
    reason = _reason(reason)
    if sitting.phase is not SittingPhase.OPENED:
        raise MoveRefused(f"本场{sitting.phase.label}，不能延长考试时间。", RECORD, "只有考试进行中可以延长。")
    most = EXTRA_MOST.on(at.date())
    if minutes < 1:
        raise Refusal("延长的时间应至少1分钟。", most.clause, "请填写分钟数。")
    own = Script.objects.select_for_update(of=("self",)).filter(seat__sitting=sitting).select_related("seat__candidate")
    found = {one.number: one for one in own}
    results = [_longer(found.get(number), number, minutes, most.value, at) for number in dict.fromkeys(scripts)]
    if not results:
        raise Refusal("没有选择考生。", RECORD, "请勾选要延长时间的考生。")
    given = [one.key for one in results if one.done]
    record("script.more_time", sitting.number, by=by, at=at, reason=reason, detail={"minutes": minutes, "scripts": given, **counted(results)})
    return results


def _longer(script: Script | None, number: str, minutes: int, most: int, at: datetime) -> RowResult:
    if script is None:
        return refused(number, "", "本场次没有这份答卷。")
    name = script.seat.candidate.name
    if script.submitted_by == SubmittedBy.CANDIDATE:
        return refused(number, name, f"{name}已自行交卷，不能延长。")
    if script.scored_at is not None:
        return refused(number, name, f"{name}的答卷已经评分，不能延长。")
    if script.extra_minutes + minutes > most:
        return refused(number, name, f"{name}已延长{script.extra_minutes}分钟，合计不能超过{most}分钟。")
    script.extra_minutes += minutes
    script.ends_at = max(script.ends_at, at) + timedelta(minutes=minutes)
    script.submitted_at, script.submitted_by, script.digest = None, "", ""
    script.save(update_fields=["extra_minutes", "ends_at", "submitted_at", "submitted_by", "digest"])
    return RowResult(number, name, True, f"延长{minutes}分钟")


def _reason(text: str) -> str:
    if not text.strip():
        raise Refusal("请写明理由。", RECORD, "理由与答卷一并保存，检查时可查。")
    return text.strip()[:200]
