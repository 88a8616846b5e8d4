"""旅程: a practical exam is marked on phones without a line, each assessor blind to the others; it comes to one score, and a re-mark changes it."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.cast import set_up
from tests.clocks import travel_to
from tests.exams.judging import AT_ONE, Bench, on_the_day, planned
from tests.exams.stage import EXAM_ON, Stage, moment
from tests.journeys.conftest import PHONE, Site
from tests.journeys.test_site_visit import PICTURE
from touchstone.exams.models import Marking, MarkPhoto, MarkSending, PointMark, ScoreEntry
from touchstone.exams.operations.attendance import close_sittings, note_attendance
from touchstone.exams.operations.day import close_sitting
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import PASSWORD


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    """Give a settled plan whose practical exam is marked by 宋 and two others."""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(cast.at)
    return planned(cast, song=True)


def shown(page: Page, words: str) -> None:
    """Expect words on the page."""
    expect(page.get_by_text(words).first).to_be_visible()


def at_the_sheet(site: Site, number: str) -> Page:
    """Open 宋's sheets on a phone, and wait until the phone has kept the page for when there is no line."""
    page = site.log_in("song", PASSWORD, viewport=PHONE)
    page.goto(f"{site.url}/expert/assignments/{number}")
    page.get_by_role("link", name="评分", exact=True).click()
    expect(page.locator("[data-marks-page][data-kept=yes]")).to_be_attached()
    return page


def give(page: Page, *marks: str) -> None:
    """Type marks, point by point."""
    for n, one in enumerate(marks, 1):
        page.locator(f"#mark-{n}").fill(one)


def arrives(page: Page, button: str) -> None:
    """Press a button, and wait until what it sends has arrived."""
    with page.expect_response("**/marks/send"):
        page.get_by_role("button", name=button, exact=True).click()


def sheet_is_set(sun: Page, site: Site, number: str) -> None:
    """Set the scoring sheet as the body does: first with a point too few."""
    sun.goto(f"{site.url}/body/plans/{number}/arrangement")
    sun.get_by_role("link", name="评分表", exact=True).click()
    shown(sun, "还没有评分表")
    for n, (words, points) in enumerate((("外圆直径符合图样", "40"), ("长度符合图样", "40"), ("安全文明生产", "10")), 1):
        sun.get_by_label(f"第{n}个评分点", exact=True).fill(words)
        sun.get_by_label(f"第{n}个评分点的分值").fill(points)
    sun.get_by_role("button", name="保存评分表").click()
    shown(sun, "合计90分，应为100分")
    sun.get_by_label("第3个评分点的分值").fill("20")
    sun.get_by_role("button", name="保存评分表").click()
    shown(sun, "评分表已设定")
    shown(sun, "第1版")


def own_marking(bench: Bench, who: int) -> Marking:
    """Give the marking an assessor has made of the first candidate."""
    return Marking.objects.get(assignment=bench.assignments[who], seat__candidate__ticket_number=bench.ticket(), review=False)


def over(stage: Stage) -> None:
    """Close the exam."""
    for one in stage.sittings():
        note_attendance(sitting_number=one.number, marks=dict.fromkeys(stage.tickets(), True), by=stage.cast.sun, at=one.ends_at)
        close_sitting(sitting_number=one.number, by=stage.cast.sun, at=one.ends_at)
    close_sittings(plan_number=stage.plan.number, by=stage.cast.sun, at=moment(EXAM_ON, 17))


@pytest.mark.duty("D5.3")
def test_marked_without_a_line_and_taken_once(stage: Stage, site: Site) -> None:
    """断网评分、重新打开、两台设备冲突、同步一次；互不可见；分歧复评；采用为成绩；不能录入；复核更正。"""
    number = stage.plan.number
    sun = site.log_in("sun", PASSWORD)
    sheet_is_set(sun, site, number)
    bench = on_the_day(stage)
    travel_to(AT_ONE)
    who = next(n for n, one in enumerate(bench.assignments) if one.member.person.name.startswith("宋"))
    others = [n for n in range(3) if n != who]

    phone = at_the_sheet(site, bench.assignments[who].number)
    phone.context.set_offline(True)
    give(phone, "38", "36.5")
    phone.get_by_label("外圆直径符合图样：扣分说明").fill("超差0.02")
    phone.locator("#photo-of-1").set_input_files({"name": "工件.png", "mimeType": "image/png", "buffer": PICTURE})
    expect(phone.locator("[data-thumbs='1'] img")).to_have_count(1)
    phone.get_by_role("button", name="提交评分").click()
    shown(phone, "还有1个评分点没有给分")
    phone.reload()
    expect(phone.locator("#mark-1")).to_have_value("38")
    expect(phone.locator("[data-thumbs='1'] img")).to_have_count(1)
    phone.get_by_role("button", name="保存", exact=True).click()
    shown(phone, "未同步")
    phone.reload()
    shown(phone, "未同步")
    shown(phone, "离线，可以照常填写")
    shown(phone, "本机已存")
    assert not Marking.objects.exists()
    phone.context.set_offline(False)
    shown(phone, "在线 · 全部已同步")
    kept = own_marking(bench, who)
    assert (MarkSending.objects.count(), PointMark.objects.filter(value__isnull=False).count(), kept.total) == (1, 2, Decimal("74.5"))
    photo = MarkPhoto.objects.get()
    assert (photo.point, photo.attachment.sha256) == ("1", photo.sha256)

    phone.reload()
    tablet = at_the_sheet(site, bench.assignments[who].number)
    phone.context.set_offline(True)
    give(phone, "38", "36", "18")
    phone.get_by_role("button", name="保存", exact=True).click()
    shown(phone, "未同步")
    give(tablet, "30", "36", "18")
    arrives(tablet, "保存")
    phone.context.set_offline(False)
    shown(phone, "有冲突")
    row = phone.get_by_role("row").filter(has_text="外圆直径符合图样")
    expect(row).to_contain_text("30分")
    expect(row).to_contain_text("38分")
    assert own_marking(bench, who).total == Decimal(84)
    arrives(phone, "以本机的为准")
    shown(phone, "在线 · 全部已同步")
    assert own_marking(bench, who).total == Decimal(92)
    arrives(phone, "提交评分")
    shown(phone, "已提交")
    assert own_marking(bench, who).handed_in_at is not None
    sent = MarkSending.objects.count()
    phone.get_by_role("button", name="更正评分").click()
    shown(phone, "请写明改分理由")
    phone.reload()
    shown(phone, "在线 · 全部已同步")
    assert MarkSending.objects.count() == sent

    sun.goto(f"{site.url}/body/plans/{number}/sittings/{bench.sitting.number}/marks")
    shown(sun, "3名考评人员，1名已提交")
    expect(sun.get_by_text("92")).to_have_count(0)
    bench.gives(others[0], ("37", "37", "18.5"))
    bench.gives(others[1], ("20", "20", "10"))
    sun.reload()
    shown(sun, "评分相差过大，由")
    reviewer = Marking.objects.filter(seat__candidate__ticket_number=bench.ticket(), review=True)
    assert not reviewer.exists()
    head = next(n for n in range(3) if f"由{bench.assignments[n].member.person.name}复评" in sun.content())
    review = site.log_in(bench.assignments[head].member.person.user.username, PASSWORD, viewport=PHONE)
    review.goto(f"{site.url}/expert/assignments/{bench.assignments[head].number}/marks")
    review.get_by_role("link", name="待复评").click()
    expect(review.get_by_role("heading", name="（复评）")).to_be_visible()
    give(review, "36", "36", "18")
    arrives(review, "提交评分")
    shown(review, "在线 · 全部已同步")
    assert reviewer.get().total == Decimal(90)
    for place in (1, 2):
        for n in range(3):
            bench.gives(n, ("35", "35", "18"), place)
    phone.reload()
    shown(phone, "全部提交后的结果")

    over(stage)
    travel_to(moment(EXAM_ON, 17))
    sun.goto(f"{site.url}/body/plans/{number}/scores")
    shown(sun, "考评评分")
    sun.get_by_role("link", name="技能考核 车工车间").click()
    sun.get_by_role("button", name="采用评分").click()
    shown(sun, "已采用3名考生的评分")
    score = ScoreEntry.objects.get(candidate__ticket_number=bench.ticket(), replaced_at__isnull=True)
    assert score.source == "assessors"
    sun.goto(f"{site.url}/body/plans/{number}/sittings/{bench.sitting.number}/marks")
    sun.get_by_text("逐点给分").first.click()
    answer = sun.request.get(f"{site.url}/body/plans/{number}/sittings/{bench.sitting.number}/marks/{bench.ticket()}.pdf")
    assert answer.body().startswith(b"%PDF")
    sun.get_by_role("button", name="复核", exact=True).first.click()
    dialog = sun.get_by_role("dialog")
    dialog.get_by_label("理由").fill("考生对外圆尺寸的评分有异议")
    dialog.get_by_role("button", name="提出复核").click()
    shown(sun, "已提出复核")

    phone.reload()
    phone.locator("#mark-1").fill("37")
    phone.get_by_label("改分理由").fill("重新测量，超差0.01")
    arrives(phone, "更正评分")
    shown(phone, "在线 · 全部已同步")
    expect(phone.locator("[data-offline-local] section")).to_have_count(0)
    sun.set_viewport_size(PHONE)
    sun.goto(f"{site.url}/body/plans/{number}/sittings/{bench.sitting.number}/marks")
    shown(sun, "复核中：考生对外圆尺寸的评分有异议")
    sun.get_by_role("button", name="采用评分").click()
    shown(sun, "已采用")
    assert own_marking(bench, who).total == Decimal(91)
    entries = ScoreEntry.objects.filter(candidate__ticket_number=bench.ticket()).order_by("id")
    assert [bool(one.replaced_at) for one in entries] == [True, False]
    assert entries[1].reason == "复核：考生对外圆尺寸的评分有异议"
