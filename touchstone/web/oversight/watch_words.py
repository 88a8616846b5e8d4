"""远程监控用语: how do watchings, cameras and gaps stand on the pages?"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from touchstone.inspections.queries.cameras import Seen
from touchstone.inspections.states.watching import WatchState
from touchstone.kernel.rules import Outcome

if TYPE_CHECKING:
    from touchstone.inspections.models import CameraGap

_TONES = {WatchState.OPEN: "info", WatchState.REPORTED: "warn", WatchState.CONFIRMED: "ok", WatchState.DROPPED: "neutral"}
WATCH_STATES = {state.value: (state.label, _TONES[state]) for state in WatchState}


def gap_words(gap: "CameraGap", at: datetime) -> dict[str, Any]:
    """This function will write a gap: from when to when, how long, and whether it still lasts."""
    ends_at = gap.ends_at or at
    return {
        "gap": gap,
        "since": f"{localtime(gap.begins_at):%H:%M:%S}",
        "until": f"{localtime(gap.ends_at):%H:%M:%S}" if gap.ends_at else "仍在中断",
        "minutes": max(1, int((ends_at - gap.begins_at).total_seconds() // 60)),
        "open": gap.ends_at is None,
    }


def camera_shown(seen: Seen) -> dict[str, Any]:
    """This function will write a camera as it is: in a word, in which tone, why."""
    if seen.camera.retired_at is not None:
        label, tone, reason = "已停用", "neutral", seen.camera.retired_because
    elif seen.finding is None:
        label, tone, reason = "不在考试中", "neutral", ""
    elif seen.finding.outcome is Outcome.MET:
        label, tone, reason = "信号正常", "ok", ""
    elif seen.finding.outcome is Outcome.UNPROVEN:
        label, tone, reason = "没有信号", "danger", seen.finding.reason
    else:
        label, tone, reason = "信号中断", "danger", seen.finding.reason
    return {"seen": seen, "label": label, "tone": tone, "reason": reason}
