"""业务培训: who may sign up and until when, and how are hours and results noted?"""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import START, Cast
from touchstone.accounts.actor import VISITOR, NotAllowed
from touchstone.bodies.queries import bodies
from touchstone.guidance import operations, queries
from touchstone.guidance.models import Attendance, GuidanceNotice
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry

TERMS = operations.TrainingTerms(date(2026, 3, 20), "区人社局三楼", 8, 2, date(2026, 3, 10))
NOTICE: dict[str, Any] = {
    "kind": "training", "title": "考务培训", "words": "请派考务负责人参加。", "read_by_on": date(2026, 3, 10), "chosen": "全部", "at": START,
}  # fmt: skip
AFTER = START + timedelta(days=20)


def sent(cast: Cast, terms: operations.TrainingTerms = TERMS) -> str:
    return operations.send_notice(**NOTICE, training=terms, to=bodies().filter(pk=cast.body_a.pk), by=cast.zhou).number


def signed(cast: Cast, number: str, name: str = "钱多", **changed: Any) -> Attendance:
    given: dict[str, Any] = {"number": number, "name": name, "post": "考务负责人", "by": cast.lin, "at": START}
    return operations.sign_up(**given | changed)


def test_a_body_signs_up_and_the_office_notes_hours_and_results(cast: Cast) -> None:
    """报名、培训、登记：有错的一行说明原因，其余照样登记；机构看得到本机构人员的结果。"""
    number = sent(cast)
    first, second = signed(cast, number), signed(cast, number, "孙少")
    assert signed(cast, number) == first
    assert queries.training_of(GuidanceNotice.objects.get()).taken == 2  # type: ignore[union-attr]
    faults = operations.note_training(number=number, noted={first.pk: (8, "passed"), second.pk: (9, "failed")}, by=cast.zhou, at=AFTER)
    assert faults == ["孙少：实到学时应为0至8的整数。"]
    operations.note_training(number=number, noted={second.pk: (0, "absent")}, by=cast.zhou, at=AFTER)
    training = queries.training_of(GuidanceNotice.objects.get())
    assert training is not None
    assert list(queries.people_of(training, cast.lin).values_list("name", "hours", "result")) == [("钱多", 8, "passed"), ("孙少", 0, "absent")]
    assert not queries.people_of(training, cast.shi).exists()
    assert Entry.objects.filter(subject=number, event="guidance_training.noted").count() == 2
    assert not Entry.objects.filter(detail__icontains="钱多").exists(), "存证里不写姓名"


def test_seats_days_and_withdrawal(cast: Cast) -> None:
    """名额报满、报名截止都说明；截止前可以撤回。"""
    number = sent(cast)
    first = signed(cast, number)
    signed(cast, number, "孙少")
    with pytest.raises(Refusal, match="名额已经报满"):
        signed(cast, number, "李三")
    operations.withdraw_sign_up(number=number, person=first.pk, by=cast.lin, at=START)
    signed(cast, number, "李三")
    with pytest.raises(Refusal, match="截止"):
        signed(cast, number, "赵四", at=AFTER)
    with pytest.raises(Refusal, match="截止"):
        operations.withdraw_sign_up(number=number, person=first.pk, by=cast.lin, at=AFTER)
    with pytest.raises(Refusal, match="还不能登记"):
        operations.note_training(number=number, noted={}, by=cast.zhou, at=START)


@pytest.mark.parametrize("who", ["shi", "zhou", "visitor"], ids=["没有收到通知的机构", "主管", "访客"])
def test_others_do_not_sign_up(cast: Cast, who: str) -> None:
    number = sent(cast)
    with pytest.raises(NotAllowed):
        signed(cast, number, by=VISITOR if who == "visitor" else getattr(cast, who))
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("who", ["lin", "lv", "tao", "visitor"], ids=["机构", "别的区", "市职鉴中心", "访客"])
def test_only_the_office_that_holds_it_notes_results(cast: Cast, who: str) -> None:
    number = sent(cast)
    person = signed(cast, number)
    with pytest.raises(NotAllowed):
        operations.note_training(number=number, noted={person.pk: (8, "passed")}, by=VISITOR if who == "visitor" else getattr(cast, who), at=AFTER)
    person.refresh_from_db()
    assert person.result == ""


@pytest.mark.parametrize(
    ("kind", "terms", "says"),
    [
        ("guidance", TERMS, "只有培训通知"),
        ("training", operations.TrainingTerms(date(2026, 3, 1), "三楼", 8, 2, date(2026, 3, 10)), "报名截止日"),
        ("training", operations.TrainingTerms(date(2026, 3, 20), " ", 8, 2, date(2026, 3, 10)), "地点"),
        ("training", operations.TrainingTerms(date(2026, 3, 20), "三楼", 0, 2, date(2026, 3, 10)), "学时"),
    ],
)
def test_a_training_that_cannot_be_is_refused(cast: Cast, kind: str, terms: operations.TrainingTerms, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        operations.send_notice(**NOTICE | {"kind": kind}, training=terms, to=bodies().filter(pk=cast.body_a.pk), by=cast.zhou)
    assert not GuidanceNotice.objects.exists()


def test_a_notice_without_training_takes_nobody(cast: Cast) -> None:
    number = operations.send_notice(**NOTICE, to=bodies().filter(pk=cast.body_a.pk), by=cast.zhou).number
    with pytest.raises(Refusal, match="没有可以报名的培训"):
        signed(cast, number)
