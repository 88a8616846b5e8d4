"""考核预填: what does the platform know under each heading of the sheet, and how many points would that come to?"""

from datetime import date
from typing import Any

from touchstone.grading.facts.graded import year_of
from touchstone.grading.facts.known import Known
from touchstone.policy.supervision.assessment import SHEET
from touchstone.policy.supervision.grade import Indicator, parts_of

_ASSESSOR, _SUPERVISOR = "考评人员", "内部质量督导员"


def prefilled(known: Known, day: date) -> dict[str, Any]:
    """This function will give, by heading, the lines [what, value] that the platform knows, and the points they suggest (None: no suggestion)."""
    shares = {one.indicator: one.share for one in parts_of(year_of(known, None), day)}
    lines, suggested = _lines(known), _shares(known, shares)
    made = {}
    for heading in SHEET.on(day).value:
        share = suggested.get(heading.key) if heading.known else None
        points = None if share is None else round(share * heading.weight, 1)
        made[heading.key] = {"points": points, "lines": lines.get(heading.key, [])}
    return made


def _shares(known: Known, shares: dict[Indicator, float | None]) -> dict[str, float | None]:
    exams = known.exams
    planned = exams.held + exams.cancelled
    duties = [known.equipped.staff.get(duty, 0) > 0 for duty in (_ASSESSOR, _SUPERVISOR)]
    return {
        "conditions": 0.0 if known.suspended or not known.equipped.venues else 1.0,
        "activity": exams.held / planned if planned else None,
        "process": shares[Indicator.ALERTS],
        "people": sum(duties) / len(duties),
        "papers": None if not known.bank[0] else float(known.bank[1] > 0),
        "entries": shares[Indicator.ENTRIES],
        "service": shares[Indicator.COMPLAINTS],
        "archive": shares[Indicator.VISITS],
    }


def _lines(known: Known) -> dict[str, list[list[str]]]:
    exams, staff = known.exams, known.equipped.staff
    rows, wrong, batches = known.entries
    due, late, _ = known.tasks
    return {
        "conditions": [
            ["备案", f"{known.filing.number}，{'暂停评价' if known.suspended else f'至{known.filing.until}前有效'}"],
            ["在用考核点", f"{known.equipped.venues}个"],
            ["管理人员", f"{staff.get('管理人员', 0)}人"],
            ["应办事项", f"{due}件，逾期{late}件"],
        ],
        "activity": [
            ["完成的认定计划", f"{exams.held}个"],
            ["取消的认定计划", f"{exams.cancelled}个"],
            ["场次", f"{exams.sittings}场"],
            ["评价人数", f"{exams.evaluated}人"],
            ["核发证书", f"{known.certificates}本"],
        ],
        "process": [
            ["成立的预警", _told(known.alerts)],
            ["外部督导到场", f"{exams.sittings}场中{exams.watched}场"],
            *([tier.label, day.isoformat()] for tier, day in known.decisions),
        ],
        "people": [[duty, f"{staff.get(duty, 0)}人"] for duty in (_ASSESSOR, _SUPERVISOR)],
        "papers": [["在用试题", f"{known.bank[0]}题"], ["当年新入库", f"{known.bank[1]}题"]],
        "entries": [["报送证书数据", f"{rows}行"], ["有误的行", f"{wrong}行"], *([["涉及批次", "、".join(batches[:5])]] if batches else [])],
        "service": [["属实的投诉", _told(known.complaints)]],
        "archive": [[number, f"{outcome}（{points}分）"] for number, outcome, points in known.visits[:10]] or [["抽查", "当年没有被抽查"]],
    }


def _told(numbers: list[str]) -> str:
    return f"{len(numbers)}件" + (f"（{'、'.join(numbers[:5])}{'等' if len(numbers) > 5 else ''}）" if numbers else "")
