"""旅程: a district makes its plan, draws by public numbers, two inspectors learn in the morning where they go, and a stranger draws again."""

import json
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.cast import set_up
from tests.clocks import travel_to
from tests.exams.stage import moment
from tests.inspections.stage import OUTCOMES, Stage
from tests.journeys.conftest import PHONE, Site, confirm, shows
from touchstone.bodies.models import Body
from touchstone.inspections.models import Task, TaskInspector
from touchstone.installation.place import ROOT
from touchstone.jobs.inspections import reveal_what_is_known
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD
from touchstone.simulation.inspections import fill_in, sign_and_seal
from touchstone.web import clock

CHECKER = ROOT / "touchstone" / "web" / "static" / "check-draw.html"
LABELS = {"union": "双色球", "super": "超级大乐透", "seven": "七星彩"}


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Give twelve filed bodies and five inspectors of the district."""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    return Stage(cast)


@pytest.mark.duty("E3.1")
def test_a_draw_from_the_plan_to_the_stranger_who_draws_again(stage: Stage, site: Site, tmp_path: Path) -> None:
    """王怀瑾编制计划，吴志恒批准公布；冻结、公告，次日两人分别录入号码，抽取；检查当日早上八点揭晓；公众下载记录，在浏览器里重新抽取一致。"""
    wang = site.log_in("wang", PASSWORD)
    wang.get_by_role("link", name="双随机抽查").first.click()
    wang.get_by_role("link", name="编制计划").first.click()
    for box in ("与备案的一致性", "评价档案", "3月"):
        wang.get_by_label(box, exact=True).check()
    wang.get_by_role("button", name="保存").click()
    confirm(wang, "报请批准", "报请批准")
    shows(wang, "待批准")
    plan = wang.url.rsplit("/", 1)[1]

    wu = site.log_in("wu", PASSWORD)
    wu.get_by_role("link", name="批准2026年度双随机抽查计划").first.click()
    shows(wu, "企业职业技能等级评价机构，未定级", "33%")
    confirm(wu, "批准公布", "批准公布", 意见="同意")
    shows(wu, "已批准公布")

    wang.goto(f"{site.url}/desk/inspections/recusals")
    wang.get_by_label("机构编号").fill(number_of_a_body())
    wang.get_by_label("事由").select_option("relative")
    wang.get_by_role("button", name="申报").click()
    shows(wang, "回避已申报")

    wang.goto(f"{site.url}/desk/inspections/plans/{plan}")
    confirm(wang, "发起抽取", "冻结名单", 检查开始日="2026-03-16")
    shows(wang, "名单已经冻结", "12家中抽取4家", "近亲属在该机构任职")
    number = wang.url.rsplit("/", 1)[1]
    wang.get_by_role("link", name="公告抽取").click()
    for label in LABELS.values():
        wang.get_by_label(f"{label}的开奖时间").fill("2026-03-10T21:15")
    wang.get_by_text("已核对名单和来源").click()
    wang.get_by_role("button", name="公告").click()
    shows(wang, "已公告，待开奖", "双色球 2026-03-10", "检查人员名单指纹")

    travel_to(moment(date(2026, 3, 11), 9))
    wang.reload()
    put_down(wang, "录入公共随机数", "录入")
    shows(wang, "您已录入，须由另一人复核")
    wu.goto(f"{site.url}/desk/inspections/draws/{number}")
    put_down(wu, "复核公共随机数", "复核")
    shows(wu, "随机数已复核，待抽取", "03 08 11 19 27 33+05")
    wang.goto(f"{site.url}/desk/inspections/draws")
    wang.get_by_role("link", name=number).click()
    confirm(wang, "抽取", "抽取")
    shows(wang, "已抽取，任务封存", "当日08:00揭晓")

    sent = TaskInspector.objects.filter(task__number__endswith="-001").select_related("person__user", "task__body").order_by("place")
    first = sent[0]
    inspector = site.log_in(first.person.user.username, PASSWORD, viewport=PHONE)
    inspector.goto(f"{site.url}/desk/inspections/visits")
    inspector.get_by_role("link", name=f"{first.visit_on:%Y年%-m月%-d日} 浦东新区").click()
    shows(inspector, "您和抽查单位都看不到检查哪一家")
    expect(inspector.get_by_text(first.task.body.name)).to_have_count(0)
    travel_to(first.task.opens_at)
    inspector.reload()
    shows(inspector, first.task.body.name, first.task.body.address)

    inspector.get_by_role("button", name="开始检查").click()
    shows(inspector, "共5项，还有5项没有结论")
    pair = stage.inspectors(first.task)
    fill_in(first.task.number, {}, by=pair[0], at=first.task.opens_at)
    sign_and_seal(first.task.number, pair, at=first.task.opens_at)
    inspector.goto(f"{site.url}/desk/inspections/visits/{first.task.number}")
    shows(inspector, "检查记录已封存", "未发现问题", "没有需要改正的问题")

    last = Task.objects.order_by("-opens_at")[0]
    travel_to(last.opens_at)
    reveal_what_is_known(clock.now())
    stranger = site.visit("/inspections")
    shows(stranger, "怎样抽取才公平", "与备案的一致性")
    stranger.get_by_role("link", name="抽查计划").click()
    stranger.get_by_role("link", name="2026年度双随机抽查计划").click()
    stranger.get_by_role("link", name=number).click()
    shows(stranger, "已揭晓", last.body.name, f"touchstone draw verify {number}.json")
    stranger.goto(f"{site.url}/inspections/draws")
    stranger.get_by_role("link", name="抽查结果").click()
    shows(stranger, first.task.body.name, "未发现问题")
    stranger.get_by_role("link", name=number).first.click()
    with stranger.expect_download() as found:
        stranger.get_by_role("link", name="抽取记录").click()
    kept = tmp_path / "record.json"
    found.value.save_as(kept)
    assert drawn_again(stranger, kept) == "与记录一致"
    record = json.loads(kept.read_text(encoding="utf-8"))
    places = sorted(record["assignment"])
    record["assignment"][places[0]], record["assignment"][places[1]] = record["assignment"][places[1]], record["assignment"][places[0]]
    kept.write_text(json.dumps(record), encoding="utf-8")
    assert drawn_again(stranger, kept) == "与记录不符：assignment"


def number_of_a_body() -> str:
    """Give the number of one of the bodies on the roster."""
    return Body.objects.filter(name__contains="抽查")[0].number


def put_down(page: Page, link: str, button: str) -> None:
    """Put the numbers of the three lotteries down."""
    page.get_by_role("link", name=link).click()
    for key, label in LABELS.items():
        page.get_by_label(f"{label} 2026-03-10").fill(OUTCOMES[key])
    page.get_by_role("button", name=button, exact=True).click()


def drawn_again(page: Page, kept: Path) -> str:
    """Draw a record again in the one-file checker, and give what it says."""
    page.goto(CHECKER.as_uri())
    page.get_by_label("文件").set_input_files(kept)
    verdict = page.get_by_role("status")
    expect(verdict).to_contain_text("与记录")
    return verdict.inner_text()
