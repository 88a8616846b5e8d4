"""在聘: appraised each year, renewed in time, ended by itself, by dismissal, or because the person left."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.appointments.stage import Appointing
from tests.cast import Cast
from tests.exams.stage import moment
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM
from touchstone.appointments import operations as acts
from touchstone.appointments.models import Appointment
from touchstone.bodies.operations import end_worker
from touchstone.bodies.queries import workers_of
from touchstone.certificates.queries import by_number
from touchstone.jobs.appointments import ask_for_appraisals, end_terms_over
from touchstone.policy.appointments.term import Ending, Grade
from touchstone.tasks.queries import open_on

FIRST, SECOND = moment(date(2027, 2, 1), 9), moment(date(2028, 2, 1), 9)


@pytest.fixture
def stage(cast: Cast) -> Appointing:
    """Give a round in which 韩大匠 was appointed from 1 April 2026 for two years."""
    stage = Appointing(cast)
    stage.all_the_way()
    return stage


def made(stage: Appointing) -> Appointment:
    """Give the appointment."""
    return Appointment.objects.get(person=stage.people[0])


def appraised(stage: Appointing, *grades: Grade) -> str:
    """Appraise the years in order; give the number of the appointment."""
    number = made(stage).number
    for year, (grade, at) in enumerate(zip(grades, (FIRST, SECOND), strict=False), 1):
        acts.appraise_year(number=number, year=year, grade=grade, words="履职情况良好", by=stage.cast.sun, at=at)
    return number


def test_appraised_and_renewed(stage: Appointing) -> None:
    """两年考核称职，期满前续聘三年，聘期相接；续聘不重发证书。"""
    number = appraised(stage, Grade.EXCELLENT, Grade.COMPETENT)
    certificate = made(stage).certificate_number
    acts.renew_appointment(number=number, years=3, words="同意续聘", by=stage.cast.qian, at=SECOND)
    found = made(stage)
    assert (found.until, found.certificate_number) == (date(2031, 4, 1), certificate)
    assert [(one.since, one.until) for one in found.terms.order_by("since")] == [
        (date(2026, 4, 1), date(2028, 4, 1)),
        (date(2028, 4, 1), date(2031, 4, 1)),
    ]
    assert end_terms_over(moment(date(2028, 4, 1), 1)) == 0


def test_the_enterprise_is_asked_to_appraise(stage: Appointing) -> None:
    """年度期满前三个月起待办提醒企业考核，只提醒一次；考核后办结。"""
    assert ask_for_appraisals(moment(date(2026, 12, 31), 9)) == 0
    assert [ask_for_appraisals(moment(date(2027, 1, 4), hour)) for hour in (9, 10)] == [1, 0]
    task = open_on(made(stage).number).get()
    assert (task.role, task.due_on) == ("body_planner", date(2027, 4, 1))
    appraised(stage, Grade.COMPETENT)
    assert not open_on(made(stage).number).exists()


def test_what_stands_in_the_way_of_a_renewal(stage: Appointing) -> None:
    """太早、没有考核、经办人、年限太长，都不能续聘；有一年不称职的也不能。"""
    number, qian, sun = appraised(stage, Grade.COMPETENT), stage.cast.qian, stage.cast.sun

    def renew(at: object = SECOND, by: object = qian, years: int = 2) -> Callable[[], object]:
        return lambda: acts.renew_appointment(number=number, years=years, words="同意", by=by, at=at)  # type: ignore[arg-type]

    all_refused_and_nothing_changed(
        [
            ("太早", renew(at=moment(date(2027, 12, 31), 9)), "2028-01-01起办理续聘"),
            ("第二年没有考核", renew(), "第2年度还没有考核"),
            ("经办人", renew(by=sun), "续聘由企业负责人决定"),
            ("超过三年", renew(years=4), "第2年度还没有考核"),
            ("别家", renew(by=stage.cast.shi), "只能办理本企业"),
        ],
        "appointments",
    )
    acts.appraise_year(number=number, year=2, grade=Grade.UNFIT, words="未履行带徒职责", by=sun, at=SECOND)
    refused_and_nothing_changed(renew(), "不称职，不能续聘", "appointments")
    refused_and_nothing_changed(
        lambda: acts.appraise_year(number=number, year=2, grade=Grade.COMPETENT, words="改", by=sun, at=SECOND), "已经考核", "appointments"
    )


def test_a_term_ends_by_itself(stage: Appointing) -> None:
    """聘期届满没有续聘，岗位当日终止；证书作为取得该等级的记录仍然有效。"""
    assert end_terms_over(moment(date(2028, 3, 31), 23)) == 0
    assert end_terms_over(moment(date(2028, 4, 1), 1)) == 1
    found = made(stage)
    assert (found.state, found.ending, found.ended_on) == ("ended", "term_over", date(2028, 4, 1))
    kept = by_number(found.certificate_number)
    assert kept is not None
    assert kept.is_valid
    refused_and_nothing_changed(
        lambda: acts.renew_appointment(number=found.number, years=1, words="x", by=stage.cast.qian, at=moment(date(2028, 4, 2), 9)),
        "聘任已终止",
        "appointments",
    )


def test_dismissed_for_cause_only(stage: Appointing) -> None:
    """解聘须有年度考核不称职或者严重情形；平台以外不能作届满终止。"""
    number, qian, at = made(stage).number, stage.cast.qian, moment(date(2027, 5, 1), 9)
    on = date(2027, 4, 30)

    def end(ending: Ending, *, reason: str = "伪造攻关成果", grave: bool = False, by: object = qian, on: date = on) -> Callable[[], object]:
        return lambda: acts.end_appointment(number=number, ending=ending, on=on, reason=reason, grave=grave, by=by, at=at)  # type: ignore[arg-type]

    all_refused_and_nothing_changed(
        [
            ("没有情形", end(Ending.DISMISSED), "聘期内不能解聘"),
            ("没有原因", end(Ending.DISMISSED, reason=" ", grave=True), "终止的原因"),
            ("还在岗", end(Ending.LEFT), "仍登记为在岗职工"),
            ("届满不由人办", end(Ending.TERM_OVER), "请选择终止情形"),
            ("日期在后", end(Ending.DISMISSED, grave=True, on=date(2027, 5, 2)), "受聘日与今天之间"),
            ("经办人", end(Ending.DISMISSED, grave=True, by=stage.cast.sun), "企业负责人决定"),
            ("提前届满", lambda: acts.end_term(number=number, by=PLATFORM, at=at), "为止"),
            ("机构作届满", lambda: acts.end_term(number=number, by=qian, at=moment(date(2028, 4, 1), 9)), "聘期届满的终止由平台自动办理"),
        ],
        "appointments",
    )
    end(Ending.DISMISSED, grave=True)()
    assert made(stage).get_ending_display() == "解聘"


def test_whoever_left_holds_the_post_no_more(stage: Appointing) -> None:
    """登记离岗以后，办理聘任终止。"""
    at = moment(date(2027, 5, 1), 9)
    worker = workers_of(stage.cast.body_a).get(person=stage.people[0])
    end_worker(worker_id=worker.pk, on=date(2027, 4, 30), by=PLATFORM, at=at)
    acts.end_appointment(number=made(stage).number, ending=Ending.LEFT, on=date(2027, 4, 30), reason="调离", by=stage.cast.qian, at=at)
    assert made(stage).ending == "left"
