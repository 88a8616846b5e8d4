"""旅程: of outside registers asked about a candidate one proves, one contradicts, one answers later; an undertaking is found false too late."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.stage import Stage, moment
from tests.exams.test_enquiries import CHEN, LONG
from tests.exams.test_own_registration import filled, handed_in
from tests.jobs.outside import Process, connected, running
from tests.journeys.conftest import PHONE, Site, confirm, look_again
from tests.journeys.test_filing_district_enterprise import cast, press, told  # noqa: F401
from tests.journeys.test_own_registration import open_plan, shows  # noqa: F401
from tests.violations.test_cases import self_of
from tests.violations.test_undertakings import revoked
from touchstone.accounts.models import User
from touchstone.certificates.models import Certificate
from touchstone.certificates.queries import verify_path
from touchstone.exams.models import Candidate, Plan
from touchstone.jobs.enquiries import line_up
from touchstone.ledger.operations import mark_synthetic
from touchstone.policy.eligibility.outside import Register
from touchstone.revocations.queries import cases_from
from touchstone.simulation.cast import PASSWORD
from touchstone.web import clock

KNOWN = {CHEN: {"identity": {"known": True, "fits": False}, "insurance": LONG, "death": {"died_on": None}}}
FOUND = moment(date(2026, 5, 11), 9)


@pytest.fixture
def registers(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[Register, Process]]:
    """Give three registers in processes of their own, to which the platform is connected; that of deaths is down."""
    with running(Register.IDENTITY, Register.DEATH, Register.INSURANCE) as found:
        for name, value in connected(found).items():
            monkeypatch.setenv(name, value)
        for one in found.values():
            one.does(records=KNOWN)
        found[Register.DEATH].does(code=503)
        yield found


@pytest.mark.django_db(transaction=True)
def test_one_proves_one_contradicts_one_comes_later(
    cast: Cast, open_plan: Plan, registers: dict[Register, Process], site: Site  # noqa: F811
) -> None:
    """社保证明年限和在岗；姓名不符，审核人核实；死亡登记故障，修好后再查；系统管理员看到哪一个有故障。"""
    mine = handed_in(filled(open_plan, cast.chen, cast), cast.chen, cast)
    page = site.log_in("chen", PASSWORD, viewport=PHONE)
    page.goto(f"{site.url}/me/registrations/{mine.number}")
    shows(page, "向外部登记核查", "正在排队查询", "已向社会保险缴费登记查询，等待答复")
    line_up(clock.now())
    site.work_off_jobs()
    look_again(page)
    shows(page, "与登记不符，待核实", "请联系评价机构说明并出示原件", "与登记相符", "暂时查不到", "对方没有受理（503）", "还要补充证明")

    zhu = site.log_in("zhu", PASSWORD)
    zhu.get_by_role("link", name="外部登记").click()
    shows(zhu, "有故障", "正常", "未接通", "100%（1/1）", "0%（0/1）")

    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/{open_plan.number}/candidates")
    shows(sun, "有1人与外部登记不符，待核实")
    sun.get_by_role("link", name="只看这些考生").click()
    sun.get_by_role("link", name=mine.number).click()
    confirm(sun, "写明核实情况", "已核实", 核实情况="身份证原件相符，登记为曾用名，派出所证明已留存")
    told(sun, "核实情况已登记")
    shows(sun, "符合条件", "身份证原件相符")
    registers[Register.DEATH].does(records=KNOWN)
    sun.get_by_role("button", name="向人口登记（是否健在）再查一次").click()
    told(sun, "已重新提出查询")
    line_up(clock.now())
    site.work_off_jobs()
    look_again(sun)
    shows(sun, "人口登记中没有死亡记录")
    expect(sun.get_by_text("暂时查不到")).to_have_count(0)
    page.reload()
    shows(page, "资格已通过")


@pytest.fixture
def certified(transactional_db: None) -> Candidate:
    """Give somebody with a certificate, five weeks later."""
    mark_synthetic(seed=1)
    known = set_up()
    travel_to(known.at)
    stage = Stage(known, people=1).reviewed().with_sittings().arranged().opened()
    stage.held_open().scored().announced().confirmed().certified()
    travel_to(FOUND)
    return Candidate.objects.select_related("person", "plan").get()


def test_an_undertaking_is_found_false_after_the_certificate(certified: Candidate, site: Site) -> None:
    """区里发现劳动合同系伪造，交机构核查；机构立案、告知，本人陈述，负责人决定；公众查验显示核查中，区里决定、机构执行后撤销。"""
    own = User.objects.get(pk=self_of(certified).user_id or 0).username
    number = Certificate.objects.get().number
    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/certificates/{number}")
    confirm(wang, "承诺不实，交机构核查", "交机构核查", 发现的情况和依据="举报并经鉴定，报名时的劳动合同系伪造。")
    told(wang, "已交评价机构核查")

    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/")
    sun.get_by_role("link", name="核查告知承诺").first.click()
    shows(sun, "告知承诺待核查", "劳动合同系伪造")
    sun.get_by_role("main").get_by_role("link", name="承诺不实，立案").first.click()
    expect(sun.get_by_label("准考证号或考生编号")).to_have_value(certified.number)
    expect(sun.get_by_label("情形")).to_have_value("false_undertaking")
    sun.get_by_label("事实和证据").fill("报名时的劳动合同经鉴定系伪造，用工单位证明其从未在岗。")
    press(sun, "立案")
    confirm(sun, "告知当事人", "告知")

    me = site.log_in(own, PASSWORD, viewport=PHONE)
    me.goto(f"{site.url}/me/violations")
    me.get_by_role("link", name="作出的告知承诺不实").click()
    me.get_by_label("我的陈述申辩").fill("合同是中介办的，我不知情。")
    press(me, "提交陈述申辩")

    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/violations/WJ202600001")
    expect(qian.get_by_label("处理", exact=True).locator("option")).to_have_text(["请选择", "全部科目成绩无效", "全部科目成绩无效，限期不得参加评价"])
    qian.get_by_label("处理", exact=True).select_option(label="全部科目成绩无效")
    qian.get_by_label("处理理由").fill("承诺不实，证据确凿。")
    qian.get_by_label("已核对事实、情形和处理").check()
    press(qian, "作出决定")
    told(qian, "处理决定已作出")

    anyone = site.visit(verify_path(number))
    expect(anyone.get_by_role("heading", name="证书核查中")).to_be_visible()
    me.goto(f"{site.url}/me/registrations/{certified.number}")
    shows(me, "起核查中", "告知承诺不实，取消资格")
    qian.goto(f"{site.url}/body/")
    qian.get_by_role("link", name="证书核查").first.click()
    shows(qian, "核查中", "WJ202600001")
    revoked(cases_from("WJ202600001")[0], Cast(certified.plan.body, certified.plan.body, clock.now()), clock.now())
    anyone.reload()
    expect(anyone.get_by_role("heading", name="证书已撤销")).to_be_visible()
