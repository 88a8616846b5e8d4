"""旅程: a question is written, judged by two unseen by each other, revised, approved; lent and credited; settled when its standard moved; guided."""


import pytest
from playwright.sync_api import Page, expect

from tests.cast import SINCE, WideCast
from tests.journeys.conftest import Site
from tests.journeys.test_calls import confirm, main_link, open_page
from tests.journeys.test_filing_district_enterprise import press, told
from tests.journeys.test_filing_school import cast  # noqa: F401
from tests.questions.conftest import Stand, stand_up
from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.queries import own_body
from touchstone.catalogue.operations import enter_standard
from touchstone.catalogue.queries import standard
from touchstone.questions import operations, queries
from touchstone.questions.models import Bank, Opening, Question
from touchstone.simulation import bank as simulated
from touchstone.simulation import cast as people
from touchstone.simulation.bank import STANDARD
from touchstone.simulation.bank_topics import TOPICS


@pytest.fixture
def stand(cast: WideCast) -> Stand:  # noqa: F811
    """Give body 丙's bank and the city's, both empty."""
    return stand_up(cast)


def banks_of(cast: WideCast) -> tuple[Bank, Bank]:  # noqa: F811
    """Body 丙's bank and the city's."""
    return Bank.objects.get(office_id=cast.yun.office_id), Bank.objects.get(body__isnull=True)


def reason_in(page: Page, opener: str, label: str, words: str, button: str) -> None:
    """Open a dialog, say why, and confirm."""
    page.get_by_role("main").get_by_role("button", name=opener, exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(label).fill(words)
    dialog.get_by_role("button", name=button, exact=True).click()


def judge(site: Site, username: str, *, passes: bool, word: str = "") -> Page:
    """Judge the one question that waits."""
    page = open_page(site, username, "/body/bank/questions/mine")
    main_link(page, "ST2026")
    main_link(page, "审题")
    expect(page.get_by_role("main")).not_to_contain_text("金若水")
    for group in page.get_by_role("main").get_by_role("group").all():
        if group.get_by_label("符合", exact=True).count():
            group.get_by_label("符合", exact=True).check()
    if not passes:
        page.get_by_role("group", name="表述清楚").get_by_label("不符合").check()
        page.get_by_label("修改意见").fill(word)
    page.get_by_label("通过" if passes else "要求修改", exact=True).check()
    press(page, "提交审题意见")
    told(page, "审题意见已提交")
    return page


@pytest.mark.duty("D4.1")
def test_a_question_from_its_first_draft_into_the_bank(stand: Stand, site: Site) -> None:
    """按标准的鉴定点编写、查重、送审、抽取审题人、两人互不可见、要求修改、改成第2版、再审、入库、调阅留痕、覆盖。"""
    jin = open_page(site, "jin", "/body")
    jin.get_by_role("navigation").get_by_role("link", name="题库").first.click()
    main_link(jin, "编写试题")
    jin.get_by_label("依据的标准或评价规范").select_option(value=STANDARD)
    jin.get_by_label("等级").select_option(label="五级/初级工")
    jin.get_by_label("科目").select_option(label="技能考核")
    jin.get_by_label("题型").select_option(label="实操任务")
    press(jin, "下一步")
    jin.get_by_label("鉴定点").fill("2.1.1")
    jin.get_by_label("题干").fill("按图样车削减速器输出轴。")
    jin.get_by_label("考核时间").fill("90")
    jin.get_by_label("设备、工具和材料").fill("卧式车床、外圆车刀、游标卡尺")
    rows = (("装夹", "跳动不大于0.05毫米", "30", "超差扣10分"), ("加工", "尺寸在公差带内", "70", "每超差0.01毫米扣5分"))
    for row, (step, seen, points, rule) in enumerate(rows, 1):
        for label, words in (("考核步骤", step), ("观察点（应达到的结果）", seen), ("分值", points), ("扣分规定", rule)):
            jin.get_by_label(f"第{row}行{label}").fill(words)
    press(jin, "查重")
    expect(jin.get_by_role("main")).to_contain_text("没有相似的试题")
    press(jin, "保存")
    told(jin, "已保存为ST2026")
    number = Question.objects.get().number
    confirm(jin, "送审", "确认送审")
    told(jin, "已送审")

    yun = open_page(site, "yun", "/body/inbox")
    main_link(yun, "请指定或抽取审题人")
    main_link(yun, "指定审题人")
    press(yun, "随机抽取")
    told(yun, "种子已存证")
    kong = judge(site, "kong", passes=True)
    kong.goto(f"{site.url}/body/bank/questions/{number}")
    expect(kong.get_by_role("main")).to_contain_text("还有1名审题人没有提出意见")
    meng = open_page(site, "meng", f"/body/bank/questions/{number}/review")
    meng.goto(f"{site.url}/body/bank/questions/{number}")
    expect(meng.locator("#reviews")).not_to_contain_text("孔令仪")
    judge(site, "meng", passes=False, word="扣分规定没有写明发生事故如何处理。")

    jin.goto(f"{site.url}/body/bank/questions/{number}")
    expect(jin.locator("#reviews")).to_contain_text("扣分规定没有写明发生事故如何处理")
    main_link(jin, "修改")
    jin.get_by_label("第2行扣分规定").fill("每超差0.01毫米扣5分；发生事故不得分")
    jin.get_by_label("修改理由").fill("按审题意见补充事故的处理")
    press(jin, "保存")
    told(jin, "已保存")
    expect(jin.get_by_role("main")).to_contain_text("第2版")
    confirm(jin, "送审", "确认送审")
    told(jin, "已送审")
    yun.goto(f"{site.url}/body/bank/questions/{number}/reviewers")
    yun.get_by_label("孔令仪").check()
    yun.get_by_label("孟知行").check()
    press(yun, "指定所选的人")
    told(yun, "已指定")
    judge(site, "kong", passes=True)
    judge(site, "meng", passes=True)
    yun.goto(f"{site.url}/body/bank/questions/{number}")
    yun.locator("#content").get_by_label("调阅事由").fill("入库前核对扣分规定")
    press(yun, "查看内容")
    expect(yun.locator("#content")).to_contain_text("发生事故不得分")
    confirm(yun, "入库", "确认入库")
    told(yun, "已入库")
    assert Opening.objects.filter(question__number=number, reason="入库前核对扣分规定").count() == 1
    main_link(yun, "上海丙申")
    yun.get_by_role("link", name="覆盖").click()
    expect(yun.get_by_role("main")).to_contain_text("2.1.1")
    yun.get_by_role("link", name="调阅记录").click()
    expect(yun.get_by_role("main")).to_contain_text("入库前核对扣分规定")
    expect(yun.get_by_role("main")).not_to_contain_text("减速器")
    yun.get_by_role("navigation", name="题库").get_by_role("link", name="试题").click()


@pytest.mark.duty("D4.2")
def test_the_city_bank_is_built_together_and_shared(cast: WideCast, site: Site) -> None:  # noqa: F811
    """机构建库、推荐试题给市级题库、市级另行审题入库；申请使用、许可有期限；每次出借留记录、计贡献；收回许可；密级和调阅记录。"""
    people.set_up_body_c(since=SINCE, at=cast.at)
    ji = open_page(site, "ji", "/desk/bank")
    press(ji, "建立题库")
    told(ji, "已建立")
    yun = open_page(site, "yun", "/body/bank")
    press(yun, "建立题库")
    told(yun, "已建立")
    stand = Stand(cast, own_body(cast.yun), *banks_of(cast))
    made = stand.question("approved")

    yun.goto(f"{site.url}/body/bank/questions/{made.number}")
    reason_in(yun, "推荐给市级题库", "推荐说明", "本企业使用三年，区分度好", "确认推荐给市级题库")
    told(yun, "已推荐给市级题库")
    given = Question.objects.get(bank=stand.city)
    ji.goto(f"{site.url}/desk/bank/questions/{given.number}")
    expect(ji.get_by_role("main")).to_contain_text("上海丙申智能装备有限公司")
    main_link(ji, "指定审题人")
    press(ji, "随机抽取")
    told(ji, "种子已存证")
    for judge_ in (cast.ge, cast.mo):
        simulated.judged(given.number, judge_, cast.at)
    ji.goto(f"{site.url}/desk/bank/questions/{given.number}")
    confirm(ji, "入库", "确认入库")
    told(ji, "已入库")

    yun.goto(f"{site.url}/body/bank/licences")
    main_link(yun, "申请使用市级题库")
    yun.get_by_label("国家职业标准").select_option(value=STANDARD)
    yun.get_by_label("用途").fill("用于本单位车工五级认定的理论组卷")
    press(yun, "提交申请")
    told(yun, "由市职鉴中心决定")
    number = yun.url.rsplit("/", 1)[1]
    ji.goto(f"{site.url}/desk/inbox")
    main_link(ji, "请决定题库使用许可")
    ji.get_by_label("许可", exact=True).check()
    ji.get_by_label("许可至（不含）").fill("2029-01-01")
    press(ji, "作出决定")
    expect(ji.get_by_role("main")).to_contain_text("不超过12个月")
    ji.get_by_label("许可至（不含）").fill("2026-12-31")
    press(ji, "作出决定")
    told(ji, "已作出决定")
    lent = operations.lend_questions(paper="SJ20260001", numbers=[given.number], body_id=stand.body.pk, by=cast.yun, at=cast.at)
    assert len(lent) == 1

    yun.goto(f"{site.url}/body/bank/lendings")
    expect(yun.get_by_role("main")).to_contain_text("SJ20260001")
    row = yun.get_by_role("row", name="上海丙申智能装备有限公司").first
    expect(row).to_contain_text("1")
    ji.goto(f"{site.url}/desk/bank/licences/{number}")
    reason_in(ji, "收回许可", "收回理由", "借出的试题被转发", "确认收回")
    told(ji, "已收回许可")
    yun.goto(f"{site.url}/body/bank/licences/{number}")
    expect(yun.get_by_role("main")).to_contain_text("借出的试题被转发")
    for page, path in ((yun, "/body/bank"), (ji, "/desk/bank")):
        page.goto(site.url + path)
        page.get_by_role("navigation", name="题库").get_by_role("link", name="调阅记录").click()
        expect(page.get_by_role("main")).not_to_contain_text(TOPICS[0].right)


@pytest.mark.duty("D4.3")
def test_a_district_guides_the_banks_on_its_ground(stand: Stand, site: Site) -> None:
    """区只看所辖机构题库的数量和覆盖，看不到试题；提出指导意见，题库管理员答复；别的区看不到。"""
    made = stand.question("approved")
    wang = open_page(site, "wang", "/desk")
    wang.get_by_role("navigation").get_by_role("link", name="题库").first.click()
    expect(wang.get_by_role("main")).to_contain_text("上海丙申智能装备有限公司题库")
    expect(wang.get_by_role("main")).not_to_contain_text("上海市职业技能等级认定题库")
    main_link(wang, "上海丙申智能装备有限公司题库")
    wang.get_by_role("navigation", name="题库").get_by_role("link", name="覆盖").click()
    expect(wang.get_by_role("main")).to_contain_text("1.1.1")
    wang.goto(f"{site.url}/desk/bank/questions/{made.number}")
    expect(wang.get_by_role("main")).to_contain_text("不能查看试题")
    wang.goto(f"{site.url}/desk/bank/{stand.bank.number}")
    wang.get_by_label("指导意见").fill("五级实操任务偏少，请在年底前按权重表补充。")
    press(wang, "提出")
    told(wang, "指导意见已送")
    yun = open_page(site, "yun", "/body/inbox")
    main_link(yun, "提出指导意见")
    press(yun, "答复")
    yun.get_by_role("dialog").get_by_label("答复").fill("已列入计划，十一月底前补充12个任务。")
    yun.get_by_role("dialog").get_by_role("button", name="提交答复").click()
    told(yun, "已答复")
    wang.reload()
    expect(wang.get_by_role("main")).to_contain_text("十一月底前补充12个任务")
    lv = open_page(site, "lv", f"/desk/bank/{stand.bank.number}")
    expect(lv.get_by_role("main")).to_contain_text("也不在您的属地范围内")


@pytest.mark.duty("D4.1")
def test_questions_are_settled_when_their_standard_moves(stand: Stand, site: Site) -> None:
    """新版标准施行：依据旧版的试题标为过时，不能组卷；逐题或成批复核：仍然适用、需要修订、停用，每题一个结果。"""
    numbers = [stand.question("approved", place).number for place in range(4)]
    enter_standard(
        number="GZB 6-18-01-01-2026", edition="2026年版", in_force_from=stand.at.date(), replaces=STANDARD, kind="national", code="6-18-01-01",
        title="车工国家职业技能标准", levels=[5, 4, 3, 2, 1], by=stand.han, at=stand.at,
    )  # fmt: skip
    operations.flag_resting_on(edition="ML00000001", codes=["6-18-01-01"], day=stand.at.date(), by=PLATFORM, at=stand.at)
    yun = open_page(site, "yun", "/body/inbox")
    main_link(yun, "标准变动，请复核试题")
    main_link(yun, "去复核")
    assert not queries.usable(stand.bank, standard(STANDARD), 5, "theory", stand.at.date())
    for verdict, reason, chosen in (("仍然适用", "新版该鉴定点没有变化", 2), ("需要修订", "工艺要求提高", 1), ("停用", "新版已删去", 1)):
        for place in range(chosen):
            yun.locator("tbody input[name=row]").nth(place).check()
        yun.get_by_role("button", name=verdict, exact=True).click()
        yun.locator("#reason").fill(reason)
        press(yun, "确认办理")
        expect(yun.get_by_role("main")).to_contain_text("已办理")
        main_link(yun, "返回列表")
    states = dict(Question.objects.values_list("number", "state"))
    assert sorted(states[number] for number in numbers) == ["approved", "approved", "retired", "to_revise"]
    assert len(queries.usable(stand.bank, standard("GZB 6-18-01-01-2026"), 5, "theory", stand.at.date())) == 2
