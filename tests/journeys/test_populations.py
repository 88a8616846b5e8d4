"""旅程: whom a body may evaluate: it enters staff, partner school, client firm, subsidiary; each candidate is checked against them."""

import io
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.bodies.people import id_number, uscc
from tests.cast import WideCast, set_up
from tests.exams.registering import put_in_force, terms
from tests.journeys.conftest import Site, shows
from tests.journeys.test_filing_district_enterprise import press, told, travel_to
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.operations import enter_person, grant_role, open_log_in
from touchstone.accounts.people import Identity
from touchstone.accounts.queries import actors_of
from touchstone.bodies.operations import add_staff, end_staff
from touchstone.bodies.queries import staff_of
from touchstone.catalogue.queries import occupation
from touchstone.exams.models import Plan
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import draft_plan
from touchstone.exams.operations.registration import register_candidate
from touchstone.exams.operations.registration_entry import Entry
from touchstone.ledger.operations import mark_synthetic
from touchstone.policy.exams.deadlines import PLAN_BEFORE
from touchstone.policy.roles import Role
from touchstone.simulation.cast import BODY_A, BODY_F, HOME, PASSWORD, set_up_other_bodies
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.evaluation import Evaluation
from touchstone.simulation.premises import equip, random_of

SUBSIDIARY, SCHOOL, CLIENT = "苏州甲辰精密有限公司", "浦江职业技术学院", "小微五金厂"
TURNER, FITTER = "6-18-01-01", "6-20-01-01"
PAPER = b"%PDF-1.4 paper"


@pytest.fixture
def cast(transactional_db: None) -> WideCast:
    """Give the wide cast; it is the morning of 2 March 2026."""
    mark_synthetic(seed=1)
    found = set_up()
    bodies = set_up_other_bodies(since=date(2026, 1, 1), at=found.at)
    travel_to(found.at)
    return WideCast(found.body_a, found.body_b, found.at, bodies["BODY-D"], bodies["BODY-E"], bodies["BODY-F"])


class OneStudent(Evaluation):
    """An evaluation in which the school's student is the only candidate, comes, and passes."""

    @property
    def random(self) -> Random:
        return Random("passes")

    def _registered(self) -> None:
        at = self._at(-PLAN_BEFORE.on(self.exam_on).value - 3, 14)
        claims = {"years_in_field": "0", "started_work_on": None, "certificate": None, "education": "大学专科和专科学校", "major": "数控技术"}
        entry = Entry(Identity("赵一", id_number(21)), "own_student", "", BODY_F, "5-1", claims)
        register_candidate(plan_number=self.number, entry=entry, by=self.planner, at=at)


def colleague(cast: WideCast) -> Actor:
    """Give the school somebody who plans and enters scores, so that its leader can look at them again."""
    person = enter_person(name="周教务", id_number=id_number(61), by=PLATFORM, at=cast.at)
    user = open_log_in(person=person, username="zhoujw", password=PASSWORD, by=PLATFORM, at=cast.at)
    grant_role(person=person, office=cast.body_f.office, role=Role.BODY_PLANNER, since=date(2026, 1, 1), by=PLATFORM, at=cast.at)
    return actors_of(user, cast.at.date())[0]


@pytest.fixture
def plan(cast: WideCast) -> Plan:
    """Give body 甲 a reported plan for 车工 五级, open for registration."""
    item = put_in_force(cast, level=5)
    made = draft_plan(scope_item_id=item.pk, terms=terms(), by=cast.sun, at=cast.at)
    report_plan(number=made.number, by=cast.sun, at=cast.at)
    return made


def fill_in(page: Page, rows: list[list[str]], folder: Path) -> Path:
    """Download the roster's template by the page's link and type the rows in."""
    with page.expect_download() as download:
        page.get_by_role("link", name="下载模板").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book.worksheets[1]
    for place, row in enumerate(rows, 2):
        for column, text in enumerate(row, 1):
            sheet.cell(place, column).value = text or None
    path = folder / "名册.xlsx"
    book.save(path)
    return path


def send(site: Site, page: Page, path: Path) -> None:
    """Hand a roster in, wait for the worker, and see the page go on by itself."""
    page.locator("input[type=file]").set_input_files(path)
    press(page, "上传并登记")
    expect(page.get_by_role("heading", name="名册导入结果")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("可以离开本页").first).to_be_visible()
    site.work_off_jobs()
    expect(page.get_by_text("名册已经登记完").first).to_be_visible(timeout=30_000)


def paper(folder: Path, name: str) -> Path:
    """Give a scan to hand in."""
    path = folder / f"{name}.pdf"
    path.write_bytes(PAPER)
    return path


def fill_days(page: Page) -> None:
    """Fill a paper's days: signed today, in force to the end of the year."""
    page.get_by_label("签订日").fill("2026-03-02")
    page.get_by_label("有效期自").fill("2026-03-02")
    page.get_by_label("有效期至").fill("2026-12-31")


def register(page: Page, site: Site, plan: Plan, *, name: str, number: str, ground: str, employer: str, form: str = "") -> None:
    """Register one person by the plan's form."""
    page.goto(f"{site.url}/body/plans/{plan.number}/registration")
    page.get_by_role("link", name="逐人登记").click()
    page.get_by_label("姓名").fill(name)
    page.get_by_label("居民身份证号码").fill(number)
    page.get_by_label("手机号码").fill("13800000001")
    page.get_by_label("参评来源").select_option(label=ground)
    if form:
        page.get_by_label("用工形式").select_option(form)
    page.get_by_label("所在单位").fill(employer)
    page.get_by_label("申报条件").select_option("5-1")
    page.get_by_label("从事本职业年数").fill("1")
    page.get_by_label("文化程度").select_option(index=3)
    page.get_by_label("所学专业").fill("无")
    press(page, "登记并判定资格")
    expect(page.get_by_role("heading", name=name)).to_be_visible()


@pytest.mark.duty("B1.1", "B1.2", "D11.1")
@pytest.mark.django_db(transaction=True)
def test_own_staff_and_a_subsidiary_outside_the_city(cast: WideCast, plan: Plan, site: Site, tmp_path: Path) -> None:
    """林登记苏州的下属企业，导入在岗职工名册，有错退回改好再传；孙报名时逐人核对，离岗的不予接受。"""
    lin = site.log_in("lin", PASSWORD)
    lin.get_by_role("link", name="评价对象").first.click()
    shows(lin, "本机构为企业")
    lin.get_by_role("link", name="打开下属企业").click()
    lin.get_by_role("link", name="登记下属企业").first.click()
    lin.get_by_label("企业名称").fill(SUBSIDIARY)
    lin.get_by_label("统一社会信用代码").fill(uscc(72))
    lin.get_by_label("所在省级行政区").select_option(label="江苏省")
    lin.get_by_label("地址").fill("苏州市虚构路1号")
    lin.get_by_label("持股比例").fill("70")
    lin.get_by_label("纳入日").fill("2025-01-01")
    lin.get_by_label("股权关系证明").set_input_files(paper(tmp_path, "股权关系证明"))
    press(lin, "登记")
    shows(lin, "江苏省（市域外）", "股权关系证明.pdf")

    lin.goto(f"{site.url}/body/populations/workers")
    lin.get_by_role("link", name="导入名册").first.click()
    rows = [
        ["陈一", id_number(11), "直接用工", "", SUBSIDIARY, "车工", "2025/3/1", ""],
        ["陈二", id_number(12), "劳务派遣", "", "", "车工", "2025-03-01", "劳务派遣协议2025-1号"],
        ["陈三", id_number(13), "直接用工", "", "", "车工", "2025-03-01", ""],
    ]
    send(site, lin, fill_in(lin, rows, tmp_path))
    shows(lin, "劳务派遣没有写明派遣或承揽单位")
    lin.get_by_role("link", name="再导入一份").click()
    rows[1][3] = "浦江人力公司"
    send(site, lin, fill_in(lin, rows, tmp_path))
    shows(lin, "登记1人，未变2人")

    sun = site.log_in("sun", PASSWORD)
    register(sun, site, plan, name="陈一", number=id_number(11), ground="本单位在岗职工", employer=SUBSIDIARY, form="直接用工")
    shows(sun, "市域外下属企业“苏州甲辰精密有限公司”属于本机构", "三(二)5", "符合条件")
    sun.get_by_role("link", name="ZG").click()
    shows(sun, SUBSIDIARY, "据此参评的考生")
    register(sun, site, plan, name="陈二", number=id_number(12), ground="本单位在岗职工", employer="浦江人力公司", form="劳务派遣")
    shows(sun, "在岗职工登记为劳务派遣", "符合条件")
    register(sun, site, plan, name="陈四", number=id_number(14), ground="本单位在岗职工", employer=BODY_A, form="直接用工")
    shows(sun, "在岗职工登记中没有此人", "先在“评价对象”登记为在岗职工")

    lin.goto(f"{site.url}/body/populations/workers/new")
    lin.get_by_label("姓名").fill("陈四")
    lin.get_by_label("居民身份证号码").fill(id_number(14))
    lin.get_by_label("用工形式").select_option("直接用工")
    lin.get_by_label("在岗起始日").fill("2025-06-01")
    press(lin, "登记")
    told(lin, "陈四已登记为在岗职工")
    press(sun, "重新判定")
    shows(sun, "在岗职工登记为直接用工", "符合条件")

    lin.goto(f"{site.url}/body/populations/workers")
    lin.get_by_role("row", name="陈三").get_by_role("checkbox").check()
    lin.get_by_role("button", name="登记离岗").click()
    shows(lin, "为以下1人登记离岗")
    press(lin, "确认登记离岗")
    shows(lin, "已登记离岗。")
    register(sun, site, plan, name="陈三", number=id_number(13), ground="本单位在岗职工", employer=BODY_A, form="直接用工")
    shows(sun, "离岗", "不符合条件")
    sun.goto(f"{site.url}/body/plans/{plan.number}/candidates")
    shows(sun, "陈一")


@pytest.mark.duty("B1.3")
@pytest.mark.django_db(transaction=True)
def test_students_of_a_partner_school(cast: WideCast, plan: Plan, site: Site, tmp_path: Path) -> None:
    """林登记校企合作协议并导入学生；毕业学年的学生符合，不在毕业学年的不符合；协议终止后不再接受。"""
    lin = site.log_in("lin", PASSWORD)
    lin.goto(f"{site.url}/body/populations/agreements")
    lin.get_by_role("link", name="登记协议").first.click()
    lin.get_by_label("合作院校").fill(SCHOOL)
    lin.get_by_label("院校统一社会信用代码").fill(uscc(71))
    lin.get_by_label("专业").fill("数控技术\n模具设计")
    fill_days(lin)
    press(lin, "登记")
    shows(lin, "请登记或导入协议院校的学生")
    address = lin.url
    lin.get_by_role("link", name="查看名册").click()
    lin.get_by_role("link", name="导入名册").first.click()
    rows = [
        ["赵一", id_number(21), "S1", "数控技术", "高职", "是", "2023-09-01", "2026-07-01"],
        ["赵二", id_number(22), "S2", "数控技术", "高职", "是", "2025-09-01", "2028-07-01"],
        ["赵三", id_number(23), "S3", "护理", "高职", "是", "2023-09-01", "2026-07-01"],
        ["赵四", id_number(24), "S4", "模具设计", "高职", "是", "2023-09-01", "2026-07-01"],
    ]
    send(site, lin, fill_in(lin, rows, tmp_path))
    shows(lin, "“护理”不在选项内")

    sun = site.log_in("sun", PASSWORD)
    ground = "校企合作院校毕业学年学生"
    register(sun, site, plan, name="赵一", number=id_number(21), ground=ground, employer=SCHOOL)
    shows(sun, "没有上传原件", "协议扫描件（上传到该协议的登记页）")
    lin.goto(address)
    lin.get_by_label("材料名称").fill("协议")
    lin.get_by_label("选择文件").set_input_files(paper(tmp_path, "协议"))
    press(lin, "上传")
    shows(lin, "协议.pdf")
    press(sun, "重新判定")
    shows(sun, "有效，包含数控技术专业", "符合条件")
    sun.get_by_role("link", name="XY").click()
    shows(sun, SCHOOL, "赵一")
    register(sun, site, plan, name="赵二", number=id_number(22), ground=ground, employer=SCHOOL)
    shows(sun, "2027-07-01起才进入毕业学年", "不符合条件")

    lin.goto(address)
    lin.get_by_role("button", name="提前终止").first.click()
    lin.get_by_label("理由").fill("合作结束")
    lin.get_by_role("dialog").get_by_role("button", name="提前终止").click()
    shows(lin, "已提前终止")
    register(sun, site, plan, name="赵四", number=id_number(24), ground=ground, employer=SCHOOL)
    shows(sun, "不在有效期内", "不符合条件")


@pytest.mark.duty("B1.4")
@pytest.mark.django_db(transaction=True)
def test_a_firm_without_the_conditions_commissions_the_body(cast: WideCast, plan: Plan, site: Site, tmp_path: Path) -> None:
    """林登记委托；孙报名时核对职业、人数和在岗证明；名额用完后不再接受。"""
    lin = site.log_in("lin", PASSWORD)
    lin.goto(f"{site.url}/body/populations/commissions")
    lin.get_by_role("link", name="登记委托").first.click()
    lin.get_by_label("委托单位", exact=True).fill(CLIENT)
    lin.get_by_label("委托单位统一社会信用代码").fill(uscc(70))
    lin.get_by_label("不具备自主评价条件的说明").fill("没有考核场地和考评人员")
    lin.get_by_label("委托评价的职业").fill("车工")
    lin.get_by_label("委托人数").fill("1")
    fill_days(lin)
    lin.get_by_label("协议扫描件").set_input_files(paper(tmp_path, "委托协议"))
    press(lin, "登记")
    shows(lin, "还可接受1人")

    sun = site.log_in("sun", PASSWORD)
    ground = "受委托单位职工"
    register(sun, site, plan, name="周一", number=id_number(31), ground=ground, employer=CLIENT)
    shows(sun, "委托单位出具的在岗证明")
    proof = sun.locator("#employment")
    proof.get_by_label("核对说明").fill("委托单位盖章的在职名单，第1行")
    proof.get_by_role("button", name="核对无误，记下").click()
    shows(sun, "证明已核", "符合条件")
    sun.get_by_role("link", name="WT").click()
    shows(sun, "还可接受0人", "周一")
    register(sun, site, plan, name="周二", number=id_number(32), ground=ground, employer=CLIENT)
    shows(sun, "约定1人，已接受1人", "不符合条件")
    register(sun, site, plan, name="周三", number=id_number(33), ground=ground, employer="没有委托的厂")
    shows(sun, "没有登记该单位的委托", "先在“评价对象”登记委托")


def change_assessors(cast: WideCast, code: str, at: datetime) -> None:
    """Let the school's assessors go and three of another occupation come."""
    for member in staff_of(cast.body_f, at.date(), "assessor"):
        end_staff(member_id=member.pk, reason="调整", by=PLATFORM, at=at)
    for serial in (81, 82, 83):
        add_staff(
            body=cast.body_f, name=f"考评{serial}", id_number=id_number(serial), duty="assessor", post="教师", full_time=True,
            occupation=occupation(code, at.date()), highest_level=1, qualification=f"KP31{serial:06d}", by=PLATFORM, at=at,
        )  # fmt: skip


ROSTER = [
    ["赵一", id_number(21), "G1", "数控技术", "高职", "是", "2023-09-01", "2026-07-01"],
    ["赵二", id_number(22), "G2", "数控技术", "高职", "否", "2023-09-01", "2026-07-01"],
    ["赵三", id_number(23), "G3", "数控技术", "高职", "是", "2025-09-01", "2028-07-01"],
]


@pytest.mark.duty("B4.1")
@pytest.mark.django_db(transaction=True)
def test_a_school_evaluates_only_its_own_graduating_students(cast: WideCast, site: Site, tmp_path: Path) -> None:
    """范导入本校学籍；全日制毕业学年学生符合；非全日制、不在毕业学年、不在学籍的不符合或待证明；社会人员不能选。"""
    item = put_in_force(cast, level=5, of=cast.body_f)
    made = draft_plan(scope_item_id=item.pk, terms=terms(), by=cast.fan, at=cast.at)
    report_plan(number=made.number, by=cast.fan, at=cast.at)
    fan = site.log_in("fan", PASSWORD)
    fan.goto(f"{site.url}/body/populations")
    shows(fan, "只有用人单位评价本单位在岗职工")
    fan.get_by_role("link", name="打开学籍").click()
    fan.get_by_role("link", name="导入名册").first.click()
    send(site, fan, fill_in(fan, ROSTER, tmp_path))
    shows(fan, "登记3人")
    fan.get_by_role("link", name="查看学籍").click()
    expect(fan.get_by_role("row", name="赵二")).to_contain_text("非全日制")
    expect(fan.get_by_role("row", name="赵三")).to_contain_text("在读")

    ground = "本校毕业学年学生"
    register(fan, site, made, name="赵一", number=id_number(21), ground=ground, employer=BODY_F)
    shows(fan, "全日制在籍，预计2026-07-01毕业", "符合条件")
    fan.get_by_role("link", name="XJ").click()
    shows(fan, "本校学籍", "据此参评的考生")
    register(fan, site, made, name="赵二", number=id_number(22), ground=ground, employer=BODY_F)
    shows(fan, "学籍登记为非全日制", "不符合条件")
    register(fan, site, made, name="赵三", number=id_number(23), ground=ground, employer=BODY_F)
    shows(fan, "才进入毕业学年", "不符合条件")
    register(fan, site, made, name="钱一", number=id_number(25), ground=ground, employer=BODY_F)
    shows(fan, "本校毕业学年全日制学籍证明", "待补充证明")
    fan.goto(f"{site.url}/body/plans/{made.number}/registration")
    expect(fan.get_by_label("参评来源").locator("option")).to_have_count(1)


@pytest.mark.duty("B4.2")
@pytest.mark.django_db(transaction=True)
def test_a_diploma_and_several_certificates(cast: WideCast, site: Site, tmp_path: Path) -> None:
    """一名学生在毕业学年取得两个职业的证书，毕业后登记学历证书，三本证书并列在学籍页上。"""
    crowd = Crowd(random_of(4, "students"))
    equip(cast.body_f, crowd, occupation=TURNER, district=HOME, by=PLATFORM, at=cast.at)
    items = [put_in_force(cast, level=5, of=cast.body_f, code=code) for code in (TURNER, FITTER)]
    fan = site.log_in("fan", PASSWORD)
    fan.goto(f"{site.url}/body/populations/students")
    fan.get_by_role("link", name="导入名册").first.click()
    send(site, fan, fill_in(fan, ROSTER[:1], tmp_path))
    planner = colleague(cast)
    OneStudent(items[0], date(2026, 4, 24), 1, crowd, planner, cast.fan, cast.wang).bring_to("certified")
    change_assessors(cast, FITTER, cast.at + timedelta(days=65))
    OneStudent(items[1], date(2026, 5, 22), 1, crowd, planner, cast.fan, cast.wang).bring_to("certified")

    travel_to(cast.at + timedelta(days=140))
    fan = site.log_in("fan", PASSWORD)
    fan.goto(f"{site.url}/body/populations/students")
    fan.get_by_role("link", name="赵一").click()
    shows(fan, "学历证书+若干职业技能证书", "车工 五级", "装配钳工 五级", "尚未登记")
    fan.get_by_label("学历证书编号").fill("123452026061234567")
    fan.get_by_role("button", name="登记学历证书").click()
    told(fan, "学历证书编号已登记")
    shows(fan, "123452026061234567")
    fan.locator("#qualifications").get_by_role("link").first.click()
    shows(fan, "赵一", "五级")
