"""旅程: papers come in by phone and are read by the panel alone; the defence is held, marked, voted on, its minutes signed, and it is a score."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.cast import set_up
from tests.clocks import travel_to
from tests.exams.paneling import STARTS, on_the_day, pdf, planned, review_of
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.journeys.conftest import PHONE, Site
from tests.journeys.test_marks import shown
from touchstone.accounts import operations as accounts
from touchstone.accounts.actor import PLATFORM
from touchstone.exams.models import Defence, PaperOpening, ScoreEntry
from touchstone.exams.operations.candidate_desk import seat as candidate_desk
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Give a settled plan of level 2 whose panel of three is drawn, 宋 among it."""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    return planned(cast, song=True)


def hands_in(page: Page, kind: str, title: str, name: str, content: bytes) -> None:
    """Hand in a paper at one's own desk."""
    page.get_by_label(f"{kind}题目").fill(title)
    page.get_by_label(f"{kind}文件").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": content})
    page.get_by_role("button", name=re.compile(f"^(提交|用新的替换){kind}$")).click()


@pytest.mark.duty("D5.3")
def test_papers_defence_minutes_and_score(stage: Stage, site: Site) -> None:
    """考生手机交材料；机构代交；委员审阅留痕；答辩计时、提问、评分、签字表决；采用为成绩，打印答辩记录和汇总表。"""
    number, review = stage.plan.number, review_of(stage)
    person = review.candidate().person
    accounts.open_log_in(person=person, username="chen2", password=PASSWORD, by=PLATFORM, at=stage.cast.at)
    candidate_desk(person, stage.cast.at)

    mine = site.log_in("chen2", PASSWORD, viewport=PHONE)
    shown(mine, "提交综合评审材料")
    mine.get_by_role("link", name="提交材料").click()
    hands_in(mine, "技术总结", "主轴热变形补偿", "总结.pdf", b"%PDF-1.4\nbroken")
    shown(mine, "打不开")
    hands_in(mine, "技术总结", "主轴热变形补偿", "总结.pdf", pdf("s"))
    shown(mine, "技术总结已提交，共1页")
    hands_in(mine, "业绩材料", "技术革新一等奖", "获奖.pdf", pdf("a"))
    shown(mine, "综合评审材料齐全")

    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/plans/{number}/arrangement")
    sun.get_by_role("link", name="综合评审", exact=True).click()
    shown(sun, "技术总结《主轴热变形补偿》1页，0名委员已阅")
    sun.get_by_label("考生", exact=True).select_option(label=review.candidate(1).name)
    sun.get_by_label("类别").select_option("achievements")
    sun.get_by_label("题目").fill("带徒记录")
    sun.get_by_label("文件").set_input_files({"name": "带徒.pdf", "mimeType": "application/pdf", "buffer": pdf("b")})
    sun.get_by_role("button", name="代为提交").click()
    shown(sun, "缺论文或技术总结")
    review.papers(2)

    song = next(one for one in review.assignments if one.member.person.name.startswith("宋"))
    reads = site.log_in("song", PASSWORD, viewport=PHONE)
    reads.goto(f"{site.url}/expert/assignments/{song.number}")
    reads.get_by_role("link", name="审阅材料").click()
    shown(reads, "还有5份没有打开过")
    with reads.expect_response("**/panel/papers/*") as opened:
        reads.evaluate("url => fetch(url)", reads.get_by_role("link", name="技术总结《主轴热变形补偿》").get_attribute("href"))
    assert opened.value.status == 200
    reads.reload()
    shown(reads, "已阅")
    assert PaperOpening.objects.get().assignment == song

    review = on_the_day(stage)
    travel_to(STARTS)
    chair = site.log_in(review.assignments[0].member.person.user.username, PASSWORD, viewport=PHONE)
    chair.goto(f"{site.url}/expert/assignments/{review.assignments[0].number}")
    chair.get_by_role("link", name="进入答辩").click()
    chair.locator("#seat-1").get_by_role("link", name="答辩记录").click()
    chair.get_by_role("button", name="开始答辩").click()
    shown(chair, "答辩中")
    for n, one in enumerate(("误差从哪里来？", "怎样验证？"), 1):
        chair.get_by_label("问题", exact=True).fill(one)
        chair.get_by_label("回答要点").fill("热变形，实测")
        chair.get_by_role("button", name="记入").click()
        shown(chair, f"已记{n}个问题")
    chair.get_by_role("button", name="结束答辩").click()
    chair.get_by_role("dialog").get_by_role("button", name="结束答辩").click()
    shown(chair, "应不少于3个")
    review.asks(1, "能否推广？")
    travel_to(STARTS + timedelta(minutes=31))
    chair.reload()
    chair.get_by_role("button", name="结束答辩").click()
    chair.get_by_role("dialog").get_by_role("button", name="结束答辩").click()
    shown(chair, "答辩已结束")
    assert Defence.objects.get().questions.count() == 3

    shown(chair, "请先提交您的评分，再签字")
    chair.get_by_role("link", name="评分", exact=True).click()
    expect(chair.locator("[data-marks-page][data-kept=yes]")).to_be_attached()
    chair.locator("#mark-1").fill("34")
    chair.locator("#mark-2").fill("52")
    with chair.expect_response("**/marks/send"):
        chair.get_by_role("button", name="提交评分").click()
    for who in (1, 2):
        review.marks(who, "32", "50")
    chair.goto(f"{site.url}/expert/assignments/{review.assignments[0].number}/panel/{review.ticket()}")
    chair.get_by_label("同意通过", exact=True).check()
    chair.get_by_role("button", name="核对无误，签字").click()
    shown(chair, "您已于")
    expect(chair.get_by_text("结论", exact=True)).to_have_count(0)
    for who in (1, 2):
        review.signs(who)
    chair.reload()
    shown(chair, "3名委员中3名同意通过，通过")

    review.over()
    travel_to(moment(EXAM_ON, 19))
    sun.goto(f"{site.url}/body/plans/{number}/sittings/{review.sitting.number}/marks")
    sun.get_by_role("button", name="采用评分").click()
    shown(sun, "已采用1名考生的评分")
    assert ScoreEntry.objects.get(part="panel").value == Decimal("83.3")
    sun.goto(f"{site.url}/body/plans/{number}/panel")
    shown(sun, "3名委员中3名同意通过")
    for name in ("打印", "汇总表"):
        printed = sun.request.get(site.url + (sun.get_by_role("link", name=name).first.get_attribute("href") or ""))
        assert printed.body().startswith(b"%PDF"), name
