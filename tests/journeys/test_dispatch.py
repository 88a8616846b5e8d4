"""旅程: assessors are asked for, drawn by chance, answer on their phones, come, report and are judged; the body learns who they are at the hour."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast, set_up
from tests.clocks import travel_to
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.experts.people import enter_assessors, qualify_as
from tests.journeys.conftest import PHONE, Site, confirm
from tests.journeys.test_result_and_certificate import add_sitting
from touchstone.accounts.queries import district_bureau
from touchstone.experts.models import Assignment, Member, Qualification
from touchstone.jobs.schedule import run_what_is_due
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import FOREIGN, HOME, PASSWORD
from touchstone.simulation.corps import enter_member
from touchstone.trust.draw_records import draw_again
from touchstone.trust.draws import Entry, ranked


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Give a reviewed plan with three candidates, and exactly three assessors, one of them 宋."""
    mark_synthetic(seed=1)
    cast: Cast = set_up()
    travel_to(cast.at)
    enter_assessors(2, cast.at)
    song = enter_member("song", district=FOREIGN, employer="上海辛酉精工有限公司", body=None, at=cast.at)
    qualify_as(song, cast.at.date(), senior=False)
    return Stage(cast).reviewed()


def shown(page: Page, words: str) -> None:
    """Expect words on the page."""
    expect(page.get_by_text(words).first).to_be_visible()


@pytest.mark.duty("D2.4")
def test_drawn_sent_and_judged(stage: Stage, site: Site) -> None:
    """申请、随机派遣、推辞后另派、接受、签到、报告、评价；姓名到时才公开，抽取可以重算。"""
    number = stage.plan.number
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/{number}/arrangement")
    add_sitting(sun, "理论知识考试", "理论一室（理论知识考试，30座）", ("09:00", "11:00"), ("监考乙（监考人员）",))
    shown(sun, "理论一室 09:00")
    add_sitting(sun, "技能考核", "车工车间（技能考核，30座）", ("13:00", "15:00"), ())
    shown(sun, "车工车间 13:00")
    sun.get_by_role("button", name="随机编排座位").click()
    shown(sun, "种子已记入存证")
    shown(sun, "技能考核安排了0人，应不少于3人")
    sun.get_by_role("button", name="申请随机派遣").click()
    shown(sun, "已申请随机派遣")
    run_what_is_due()
    sun.reload()
    shown(sun, "已派遣3名")
    sun.get_by_role("link", name="随机派遣 PQ").click()
    shown(sun, "姓名尚未公开")
    expect(sun.get_by_text("宋")).to_have_count(0)
    sent = Assignment.objects.get(member__person__name__startswith="宋")

    phone = site.log_in("song", PASSWORD, viewport=PHONE)
    phone.goto(f"{site.url}/expert/assignments")
    phone.get_by_role("link", name=sent.number).click()
    phone.get_by_role("button", name="接受", exact=True).click()
    shown(phone, "已接受")
    shown(phone, "起可以签到")

    tao = site.log_in("tao", PASSWORD)
    tao.goto(f"{site.url}/desk/dispatch")
    tao.get_by_role("link", name=sent.request.number).click()
    shown(tao, "开考后公开")
    expect(tao.get_by_role("link", name="抽取记录")).to_have_count(0)

    travel_to(moment(EXAM_ON, 12, 30))
    phone.reload()
    phone.get_by_role("button", name="签到").click()
    shown(phone, "已签到")
    sun.reload()
    shown(sun, sent.member.person.name)

    travel_to(moment(EXAM_ON, 15, 30))
    tao.reload()
    with tao.expect_download() as kept:
        tao.get_by_role("link", name="抽取记录").click()
    record = json.loads(kept.value.path().read_text(encoding="utf-8"))
    assert draw_again(record)["differs"] == [], "按下载的记录重新抽取，结果相同"
    roster = [Entry(line["id"], line["stratum"], line["weight"]) for line in map(json.loads, record["roster"])]
    assert [one.id for one in ranked(bytes.fromhex(record["seed"]), roster)] == record["order"]
    assert set(record["chosen"]) == set(sent.request.assignments.values_list("member__number", flat=True))

    phone.reload()
    phone.get_by_label("设备、工具、材料符合要求").uncheck()
    phone.get_by_label("考评情况").fill("三号机床刀架松动，已换机床补考。")
    phone.get_by_role("button", name="提交报告").click()
    shown(phone, "有异常")

    sun.reload()
    sun.get_by_role("button", name="评价", exact=True).click()
    dialog = sun.get_by_role("dialog")
    for field in dialog.get_by_role("spinbutton").all():
        field.fill("18")
    dialog.get_by_role("button", name="提交评价").click()
    shown(sun, "已评价：90")
    tao.reload()
    shown(tao, "三号机床刀架松动")


def test_nobody_left_to_send_is_told_to_the_centre(stage: Stage, site: Site) -> None:
    """推辞以后没有人可派：中心收到待办，机构和中心都看得到缺人的原因；取消后可以重新申请。"""
    number = stage.plan.number
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/{number}/arrangement")
    add_sitting(sun, "理论知识考试", "理论一室（理论知识考试，30座）", ("09:00", "11:00"), ("监考乙（监考人员）",))
    shown(sun, "理论一室 09:00")
    add_sitting(sun, "技能考核", "车工车间（技能考核，30座）", ("13:00", "15:00"), ())
    shown(sun, "车工车间 13:00")
    sun.get_by_role("button", name="随机编排座位").click()
    shown(sun, "种子已记入存证")
    sun.get_by_role("button", name="申请随机派遣").click()
    run_what_is_due()
    phone = site.log_in("song", PASSWORD, viewport=PHONE)
    phone.goto(f"{site.url}/expert/")
    phone.get_by_role("link", name="车工").first.click()
    confirm(phone, "推辞", "推辞", 原因="当日家人住院。")
    shown(phone, "已推辞")
    tao = site.log_in("tao", PASSWORD)
    tao.goto(f"{site.url}/desk/inbox")
    tao.get_by_role("link", name="无法派遣").first.click()
    shown(tao, "推辞理由：当日家人住院。")
    tao.get_by_role("button", name="理由正当").click()
    shown(tao, "不计入推辞次数")
    shown(tao, "还缺1名，没有人可以补上")
    tao.get_by_role("button", name="补派空缺").click()
    shown(tao, "仍有空缺")
    sun.goto(f"{site.url}/body/plans/{number}/arrangement")
    shown(sun, "申请派遣3名考评人员，已派2名")
    sun.get_by_role("link", name="随机派遣 PQ").click()
    confirm(sun, "取消派遣", "取消派遣", 理由="改期再考。")
    shown(sun, "派遣已取消")
    sun.goto(f"{site.url}/body/plans/{number}/arrangement")
    expect(sun.get_by_role("button", name="申请随机派遣")).to_be_visible()


def test_an_office_sends_somebody_to_watch(stage: Stage, site: Site) -> None:
    """区里为一场考试派督导员：随机抽到宋，宋在手机上接受，到场签到、报告；机构事先看不到。"""
    song = Member.objects.get(person__name__startswith="宋")
    Qualification.objects.create(
        number="QW9000001", member=song, kind="district_supervisor", office=district_bureau(HOME), since=EXAM_ON.replace(year=2025),
        until=EXAM_ON.replace(year=2028),
    )  # fmt: skip
    stage.with_sittings().arranged()
    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/plans/{stage.plan.number}")
    wang.get_by_role("button", name="为技能考核派督导员").click()
    shown(wang, "已申请派督导员")
    run_what_is_due()
    wang.reload()
    shown(wang, "区级外部质量督导员 · 督导")
    wang.goto(f"{site.url}/desk/plans/{stage.plan.number}")
    shown(wang, "已派遣")
    phone = site.log_in("song", PASSWORD, viewport=PHONE)
    phone.goto(f"{site.url}/expert/assignments")
    phone.get_by_role("link", name="PQ").click()
    expect(phone.get_by_role("heading", name="外部质量督导：车工五级认定")).to_be_visible()
    phone.get_by_role("button", name="接受", exact=True).click()
    shown(phone, "已接受")
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/{stage.plan.number}/arrangement")
    shown(sun, "车工车间 13:00")
    expect(sun.get_by_text("PQ")).to_have_count(0)
    travel_to(moment(EXAM_ON, 12, 30))
    phone.reload()
    phone.get_by_role("button", name="签到").click()
    shown(phone, "已签到")
    travel_to(moment(EXAM_ON, 15, 30))
    phone.reload()
    phone.get_by_label("考评情况").fill("考场秩序正常，评分没有受到干预。")
    phone.get_by_role("button", name="提交报告").click()
    shown(phone, "我的报告")
