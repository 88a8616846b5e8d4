"""到期提醒: is a body told in time that an agreement, a commission or a pilot runs out, once each, and is what rests on it refused from that day?"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.utils.timezone import get_current_timezone

from tests.bodies.people import DAY, actor, id_number, office
from tests.bodies.test_populations import Scene, agreement, commission, pilot, scene, student
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.bodies import operations
from touchstone.bodies.queries.ending import REMINDED, ending_papers, papers_to_remind
from touchstone.jobs.messages import _office, words_of
from touchstone.jobs.papers import remind_of_ending_papers
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.parameters.operations import answer_proposal, propose_value
from touchstone.policy.roles import OfficeKind, Role
from touchstone.tasks.models import Task

__all__ = ["scene"]
pytestmark = pytest.mark.django_db
ENDS = DAY + timedelta(days=365)
"""2027年11月2日: the first day on which the papers of the scene no longer hold."""


def morning(day: date) -> datetime:
    return datetime.combine(day, time(8), get_current_timezone())


def told(number: str) -> list[int]:
    """The months of which a body was told about a paper, in the order of telling."""
    return [line.detail["months"] for line in Entry.objects.filter(event=REMINDED, subject=number).order_by("id")]


@pytest.mark.parametrize("enter", [agreement, commission, pilot], ids=["合作协议", "委托", "试点"])
def test_a_body_is_told_at_three_months_one_month_and_the_end_once_each(scene: Scene, enter) -> None:
    """到期前三个月、一个月和到期当天各提醒一次；同一天重跑不再提醒。"""
    number = enter(scene).number
    for day, expected in (
        (date(2027, 8, 1), []),
        (date(2027, 8, 2), [3]),
        (date(2027, 9, 20), [3]),
        (date(2027, 10, 2), [3, 1]),
        (ENDS - timedelta(days=1), [3, 1]),
        (ENDS, [3, 1, 0]),
        (ENDS + timedelta(days=200), [3, 1, 0]),
    ):
        remind_of_ending_papers(morning(day))
        remind_of_ending_papers(morning(day))
        assert told(number) == expected, day


def test_one_that_was_late_is_told_of_the_nearest_only_and_of_long_ago_nothing(scene: Scene) -> None:
    """平台停了几个月：只提醒最近的一次；到期三十天以后不再提醒。"""
    number = agreement(scene).number
    remind_of_ending_papers(morning(ENDS - timedelta(days=5)))
    assert told(number) == [1]
    assert papers_to_remind(ENDS + timedelta(days=29)) == [number]
    assert papers_to_remind(ENDS + timedelta(days=30)) == []


def test_a_paper_ended_early_is_not_reminded_of(scene: Scene) -> None:
    number = agreement(scene).number
    operations.end_agreement(number=number, on=DAY, reason="院校停办该专业", by=scene.lin, at=morning(DAY))
    assert papers_to_remind(date(2027, 8, 2)) == []
    assert [one.number for one in ending_papers(DAY + timedelta(days=3), body=scene.firm)] == [number]


def test_the_reminder_is_the_platforms_alone(scene: Scene) -> None:
    number = agreement(scene).number
    with pytest.raises(NotAllowed, match="由平台自动发出"):
        operations.remind_of_end(number=number, by=scene.lin, at=morning(date(2027, 8, 2)))
    assert told(number) == []


def test_the_months_follow_the_parameter(scene: Scene) -> None:
    """提醒时间是参数：改为五个月，就在五个月前提醒。"""
    number = commission(scene).number
    assert papers_to_remind(date(2027, 6, 2)) == []
    _parameter(scene, "papers.first_reminder", 5)
    assert papers_to_remind(date(2027, 6, 2)) == [number]


def test_the_people_of_the_body_get_a_message_that_leads_to_the_paper(scene: Scene) -> None:
    number = agreement(scene).number
    remind_of_ending_papers(morning(date(2027, 8, 2)))
    line = Entry.objects.get(event=REMINDED)
    assert _office(number) == scene.firm.office
    assert words_of(line) == (f"{number} 即将到期或已到期，请查看并按期办理", f"/body/populations/agreements/{number}", True)
    assert "请签订后登记新的协议" in line.reason


def test_a_pilot_owes_its_report_ten_working_days_after_its_end(scene: Scene) -> None:
    """试点总结自批准起就是待办，期限为期满后10个工作日；提前结束的，自结束之日重新计算；提交后办结。"""
    number = pilot(scene).number
    owed = Task.objects.open().get(case=number)
    assert owed.due_on == date(2027, 11, 15)
    operations.end_pilot(number=number, reason="专业停办", by=scene.han, at=morning(date(2026, 12, 1)))
    owed = Task.objects.open().get(case=number)
    assert owed.due_on == date(2026, 12, 14)
    [line] = ending_papers(date(2026, 12, 2), actor=scene.han)
    assert (line.number, line.owes_report) == (number, True)
    operations.report_pilot(number=number, report="试点两个班。", by=scene.fan, at=morning(date(2026, 12, 3)))
    assert not Task.objects.open().filter(case=number, matter="report_pilot").exists()


def test_a_pilot_that_never_reported_stays_on_the_list(scene: Scene) -> None:
    number = pilot(scene).number
    assert [one.number for one in ending_papers(ENDS + timedelta(days=400))] == [number]
    operations.report_pilot(number=number, report="试点两个班。", by=scene.fan, at=morning(ENDS + timedelta(days=400)))
    assert ending_papers(ENDS + timedelta(days=400)) == []


def test_no_student_is_entered_under_an_agreement_that_is_over(scene: Scene) -> None:
    """协议最后一日还可以登记学生，次日起不可以，并说明怎么办。"""
    paper = agreement(scene)
    given = {"body": scene.firm, "agreement": paper, "by": scene.lin}
    student(scene, **given, at=morning(ENDS - timedelta(days=1)))
    with pytest.raises(Refusal, match="已到期或终止") as refused:
        student(scene, **given, at=morning(ENDS), id_number=id_number(88))
    assert "登记新的协议" in refused.value.next_step


def test_an_office_sees_what_ends_on_its_own_ground_only(scene: Scene) -> None:
    agreement(scene)
    day = ENDS - timedelta(days=20)
    here = replace(scene.han, office_kind=OfficeKind.DISTRICT_BUREAU, district=scene.firm.district)
    elsewhere = replace(here, district="310151")
    assert len(ending_papers(day, actor=here)) == 1
    assert ending_papers(day, actor=elsewhere) == []
    assert len(ending_papers(day, actor=PLATFORM)) == 1



def _parameter(scene: Scene, key: str, value: int) -> None:
    bureau = office(OfficeKind.CITY_BUREAU)
    one, other = (actor(bureau, Role.POLICY_OFFICER, serial=serial) for serial in (701, 702))
    proposed = propose_value(key=key, value=value, since=DAY + timedelta(days=1), reason="提前些", by=one, at=morning(DAY))
    answer_proposal(version_id=proposed.pk, approve=True, answer="同意", by=other, at=morning(DAY))
