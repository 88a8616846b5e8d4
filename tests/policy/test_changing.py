"""变更与续期规则测试: which parts and papers does a change need, and when is a body reminded?"""

from datetime import date, timedelta

import pytest

from touchstone.policy.filing.changing import REMINDERS, evidence_shown, reminder_due, sections_shown
from touchstone.policy.filing.purposes import Change, Purpose
from touchstone.policy.roles import BodyKind

DAY, UNTIL = date(2026, 3, 2), date(2029, 3, 12)
PARTS = ("changes", "identity", "venues", "staff", "scope", "systems", "questions", "evidence", "self_score", "promise")


def test_a_new_filing_and_a_renewal_show_everything() -> None:
    assert sections_shown(Purpose.NEW, [], PARTS, DAY) == PARTS[1:] == sections_shown(Purpose.RENEW, [], PARTS, DAY)


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (Change.OCCUPATION, ("changes", "venues", "staff", "scope", "questions", "evidence", "self_score", "promise")),
        (Change.LEVEL, ("changes", "venues", "staff", "scope", "questions", "evidence", "self_score", "promise")),
        (Change.VENUE, ("changes", "venues", "staff", "scope", "evidence", "self_score", "promise")),
        (Change.STANDARD, ("changes", "scope", "questions", "self_score", "promise")),
        (Change.PEOPLE, ("changes", "staff", "evidence", "promise")),
        (Change.NAME, ("changes", "evidence", "promise")),
    ],
    ids=[change.label for change in Change],
)
def test_a_change_shows_only_what_it_needs(change: Change, shown: tuple[str, ...]) -> None:
    assert sections_shown(Purpose.AMEND, [change], PARTS, DAY) == shown


def test_new_name_is_proven_by_the_licence_of_the_kind() -> None:
    assert evidence_shown(BodyKind.SOCIAL, Purpose.AMEND, [Change.NAME], DAY).value == ("法人登记证书",)
    assert evidence_shown(BodyKind.ENTERPRISE, Purpose.AMEND, [Change.NAME, Change.VENUE], DAY).value == (
        "营业执照或法人登记证书", "场地权属或租赁证明", "设施设备清单", "视频监控画面截图",
    )  # fmt: skip


def test_reminded_once_at_six_three_and_one_months() -> None:
    months = [one.on(DAY).value for one in REMINDERS]
    assert months == [6, 3, 1]
    sent: list[int] = []
    told: dict[date, int] = {}
    day = date(2028, 9, 1)
    while day < UNTIL + timedelta(days=5):
        if found := reminder_due(UNTIL, day, months, sent):
            told[day] = found
            sent.append(found)
        day += timedelta(days=1)
    assert told == {date(2028, 9, 12): 6, date(2028, 12, 12): 3, date(2029, 2, 12): 1}


def test_only_the_nearest_when_several_have_passed() -> None:
    assert reminder_due(UNTIL, date(2029, 3, 1), [6, 3, 1], []) == 1
    assert reminder_due(UNTIL, date(2029, 3, 1), [6, 3, 1], [1]) is None
    assert reminder_due(UNTIL, UNTIL, [6, 3, 1], []) is None
