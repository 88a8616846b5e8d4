"""旅程: an apprentice is entered, the term ends, the enterprise evaluates and fixes the level; one whose term is not over is told so."""

from datetime import date
from decimal import Decimal

import pytest

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.apprentices import PAPER, learns
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.journeys.conftest import PHONE, Site, confirm, shows
from tests.violations.test_cases import self_of
from touchstone.accounts.models import User
from touchstone.exams.models import Plan
from touchstone.exams.operations.eligibility_review import close_review
from touchstone.exams.operations.results import conclude
from touchstone.exams.operations.scores import ScoreLine, enter_scores
from touchstone.exams.states import Part
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD
from touchstone.simulation.identity import id_number


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Give body 甲, filed for 车工 五级, on 2 March 2026."""
    mark_synthetic(seed=1)
    cast: Cast = set_up()
    travel_to(cast.at)
    return Stage(cast, people=0)


@pytest.mark.duty("B2.2")
def test_the_level_is_fixed_at_the_end_of_the_apprenticeship(stage: Stage, site: Site) -> None:
    """登记学徒和协议，编制转正定级计划，从名册登记，未满的被指出，考核合格，定级、发证，本人看得到。"""
    cast = stage.cast
    early = learns(cast, 1, until=date(2026, 9, 1))
    lin = site.log_in("lin", PASSWORD)
    lin.goto(f"{site.url}/body/populations/apprentices")
    lin.get_by_role("link", name="登记学徒").first.click()
    lin.get_by_label("姓名").fill("学徒甲")
    lin.get_by_label("居民身份证号码").fill(id_number(0, birthday=date(2007, 1, 1), male=True))
    lin.get_by_label("所学职业").fill("6-18-01-01 车工")
    lin.get_by_label("培养协议编号").fill("学徒协议2025-01")
    lin.get_by_label("师傅", exact=True).fill("王师傅")
    lin.get_by_label("学徒期自").fill("2025-03-01")
    lin.get_by_label("学徒期至").fill("2026-02-28")
    lin.get_by_label("培养协议扫描件").set_input_files({"name": "协议.pdf", "mimeType": "application/pdf", "buffer": PAPER})
    lin.get_by_role("button", name="登记", exact=True).click()
    shows(lin, "学徒甲已登记为学徒", "期满，待转正定级", "协议.pdf")

    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/new")
    sun.get_by_label("评价范围").select_option(index=1)
    sun.get_by_label("计划类别").select_option(label="学徒工转正定级")
    sun.get_by_label("考试日期").fill("2026-03-20")
    sun.get_by_label("报名截止日").fill("2026-03-09")
    sun.get_by_label("计划人数").fill("10")
    sun.get_by_role("button", name="保存计划").click()
    shows(sun, "车工学徒工转正定级（五级）")
    confirm(sun, "上报计划", "上报")
    sun.get_by_role("link", name="登记期满学徒").click()
    shows(sun, "已满", "未满")
    sun.get_by_label(f"选择{early.person.name}").check()
    sun.get_by_role("button", name="登记所选学徒").click()
    shows(sun, "学徒期满，可以参加转正定级考核", "考试之日学徒期未满")
    sun.get_by_role("link", name="已登记").first.click()
    shows(sun, "学徒培养协议已存档", "在学徒名册上")

    stage.plan = Plan.objects.get(admission="apprentices")
    close_review(number=stage.plan.number, by=cast.sun, at=cast.at)
    stage.with_sittings().arranged().held()
    scored = moment(date(2026, 3, 23), 10)
    line = ScoreLine(stage.tickets()[0], {Part.THEORY: Decimal(80), Part.PRACTICAL: Decimal(85)})
    enter_scores(plan_number=stage.plan.number, lines=[line], by=cast.sun, at=scored)
    conclude(plan_number=stage.plan.number, by=cast.sun, at=scored)
    stage.checked().announced().confirmed()
    travel_to(moment(date(2026, 4, 7), 9))
    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/plans/{stage.plan.number}/results")
    confirm(qian, "核发证书", "核发")
    shows(qian, "合格学徒的等级已定，记入学徒名册", "已核发证书1本")
    qian.get_by_role("link", name="学徒名册").click()
    shows(qian, "已定五级/初级工")
    lin.reload()
    shows(lin, "转正定级编号", "ZZ2026000001")

    learner = stage.plan.candidates.get(result="passed")
    me = site.log_in(User.objects.get(pk=self_of(learner).user_id or 0).username, PASSWORD, viewport=PHONE)
    me.goto(f"{site.url}/me/registrations/{learner.number}")
    shows(me, "您的学徒期满", "所定等级", "ZZ2026000001")
    assert EXAM_ON.year == 2026
