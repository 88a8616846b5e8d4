"""旅程: a violation is found, told, answered, corrected and archived; a suspension is appealed and undone; a termination opens a revocation."""

from datetime import date, datetime

import pytest
from playwright.sync_api import FilePayload, Page

from tests.cast import set_up
from tests.clocks import travel_to
from tests.enforcement.stage import FILING, SERIOUS, TERMS, Proceedings
from tests.exams.stage import Stage, moment
from tests.journeys.conftest import Site, confirm, look_again, shows
from tests.revocations.giving import OPENED, Case
from tests.revocations.test_support import filled
from touchstone.certificates.models import Certificate
from touchstone.enforcement import operations as acts
from touchstone.enforcement.operations import Proposed
from touchstone.enforcement.states import LetterKind
from touchstone.ledger.operations import mark_synthetic
from touchstone.parameters.queries import calendar
from touchstone.policy.certificates.revocation import Verdict
from touchstone.policy.supervision.ladder import Measure
from touchstone.revocations import operations as revoking
from touchstone.simulation.cast import PASSWORD

PDF: FilePayload = {"name": "截图.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}


@pytest.fixture
def begun(transactional_db: None) -> Proceedings:
    """Give body 甲 with its filing, nothing found yet, on 2 March 2026."""
    mark_synthetic(seed=1)
    told = Proceedings(set_up())
    travel_to(told.at)
    return told


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def go(told: Proceedings, days: int = 1) -> datetime:
    """Let so many working days go by, for the browser as well."""
    travel_to(told.later(days))
    return told.at


@pytest.mark.duty("F1.1", "F1.3", "F2.2")
def test_found_told_answered_corrected_closed_and_archived(begun: Proceedings, site: Site) -> None:
    """登记、立案、两人办理、取证、会同、告知、陈述、复核、决定、签收、约谈、责令改正、复查、结案、归档、查阅。"""
    cast = begun.cast
    wang, wu = site.log_in("wang", PASSWORD), site.log_in("wu", PASSWORD)
    wang.goto(f"{site.url}/desk/cases")
    wang.get_by_role("link", name="登记案件").click()
    wang.get_by_label("当事机构").fill(cast.body_a.name)
    wang.get_by_label("情形1", exact=True).select_option(label="视频监控有缺口，或者录像不能调取")
    wang.get_by_label("情形1的日期").fill("2026-02-25")
    wang.get_by_label("发现日").fill("2026-03-02")
    wang.get_by_label("事实").fill("2月25日场次录像缺口二十分钟。")
    press(wang, "登记，报请立案")
    shows(wang, "待立案审批", "一般违纪违规", "约谈提醒", "作出决定前还缺什么")
    begun.number = wang.url.rsplit("/", 1)[1]
    here = f"{site.url}/desk/cases/{begun.number}"
    wu.goto(here)
    confirm(wu, "批准立案", "批准立案")
    shows(wu, "已立案，调查取证")
    wang.reload()
    wang.get_by_label("邀请同事共同办理").select_option(label="周明澜")
    press(wang, "邀请")
    zhou = site.log_in("zhou", PASSWORD)
    zhou.goto(here)
    press(zhou, "接受，共同办理")
    shows(zhou, "您已成为本案办理人")
    wang.reload()
    wang.get_by_text("登记证据", exact=True).first.click()
    wang.get_by_label("名称", exact=True).fill("录像截图")
    wang.get_by_label("来源", exact=True).fill("机构提供")
    wang.get_by_label("取证人", exact=True).fill("王怀瑾、周明澜")
    wang.locator("#ev-file").set_input_files(PDF)
    wang.locator("#evidence").get_by_role("button", name="登记证据", exact=True).click()
    shows(wang, "证据已登记并固定")
    wang.get_by_text("征求意见", exact=True).first.click()
    wang.get_by_label("部门", exact=True).select_option(label="上海市市场监督管理局")
    wang.get_by_label("请其提出意见的事项").fill("是否涉及虚假宣传？")
    wang.locator("#help").get_by_role("button", name="征求意见", exact=True).click()
    ning = site.log_in("ning", PASSWORD)
    ning.get_by_role("link", name=begun.number).click()
    ning.get_by_label("意见").fill("不涉及。")
    press(ning, "提交意见")
    shows(ning, "不涉及。")
    wang.reload()
    shows(wang, "不涉及。")
    wang.locator("#notify").get_by_label("责令改正的事项").fill("补齐监控设备")
    press(wang, "发出告知书")
    shows(wang, "已告知，听取意见", "待送达")

    go(begun)
    qian = site.log_in("qian", PASSWORD)
    mine = f"{site.url}/body/cases/{begun.number}"
    qian.goto(f"{site.url}/body/cases")
    qian.get_by_role("link", name=begun.number).click()
    confirm(qian, "签收拟处理告知书", "签收")
    shows(qian, "录像缺口二十分钟", "前可以陈述申辩")
    qian.get_by_label("陈述申辩", exact=True).fill("当天断电，已经修复。")
    press(qian, "提交陈述申辩")
    go(begun)
    zhou.goto(here)
    zhou.get_by_label("复核意见（采纳哪些、不采纳哪些和理由）").fill("断电属实，不影响认定。")
    press(zhou, "记录复核意见")
    wang.goto(here)
    press(wang, "报送审批")
    shows(wang, "已报送审批负责人")
    wu.goto(here)
    wu.get_by_label("决定的理由").fill("事实清楚，证据充分。")
    wu.get_by_text("已核对事实、证据、程序和裁量").click()
    press(wu, "作出决定")
    shows(wu, "已决定，待送达", "决定书指纹")

    go(begun)
    qian.goto(mine)
    confirm(qian, "签收处理决定书", "签收")
    shows(qian, "责令改正（自送达之日起15日内，事项：补齐监控设备）", "申诉")
    qian.locator("#report-order").fill("已补齐并试录。")
    press(qian, "报告改正情况")
    shows(qian, "已报告，待复查")
    wang.goto(here)
    for officer in (wang, zhou):
        officer.goto(here)
        officer.get_by_label("责令改正的复查意见").fill("现场查看，已修复。")
        press(officer, "合格")
    shows(zhou, "复查合格")
    on = calendar().add_working_days(begun.at.date(), 4)
    wang.goto(here)
    wang.get_by_label("约谈日").fill(on.isoformat())
    wang.get_by_label("地点", exact=True).fill("区人社局三楼")
    press(wang, "发约谈通知书")
    qian.goto(mine)
    confirm(qian, "签收约谈通知书", "签收")
    go(begun, 4)
    wang.goto(here)
    wang.get_by_label("约谈记录").fill("已说明原因，承诺整改。")
    press(wang, "登记约谈记录")
    qian.goto(mine)
    confirm(qian, "签字", "签字")
    wang.goto(here)
    confirm(wang, "结案", "结案")
    shows(wang, "已结案")
    press(wang, "封存案卷")
    wang.get_by_role("link", name="案卷AD").click()
    shows(wang, "已封存", "卷内目录", "流转记录.json", "没有的材料和原因")
    wang.get_by_label("用途").fill("复查参考")
    press(wang, "查阅")
    shows(wang, "本次查阅已记录")
    wang.goto(f"{site.url}/desk/cases/archives")
    shows(wang, "AD2026")


@pytest.mark.duty("F2.3")
def test_suspended_appealed_and_restored(begun: Proceedings, site: Site) -> None:
    """签收之日暂停评价；决定公开；申诉成立：备案恢复、限制解除、公开注明撤回，痕迹都在。"""
    told = Proceedings(begun.cast, SERIOUS).decided()
    travel_to(told.later())
    qian, wang = site.log_in("qian", PASSWORD), site.log_in("wang", PASSWORD)
    here, mine = f"{site.url}/desk/cases/{told.number}", f"{site.url}/body/cases/{told.number}"
    qian.goto(mine)
    confirm(qian, "签收处理决定书", "签收")
    shows(qian, "暂停评价（全部评价范围，3个月）", "执行中", "警告")
    wang.goto(here)
    confirm(wang, "公开处理决定", "公开")
    anyone = site.visit("/inspections")
    anyone.get_by_role("link", name="处理决定").click()
    anyone.get_by_role("link", name=told.cast.body_a.name).click()
    shows(anyone, "在备案的考核点以外组织考试", "暂停评价")
    qian.get_by_label("申诉理由").fill("该场地当天已经备案。")
    press(qian, "提交申诉")
    shows(qian, "申诉已提交")
    han = site.log_in("han", PASSWORD)
    han.goto(here)
    han.get_by_label("审查情况和答复意见").fill("备案变更已生效，原认定有误。")
    han.get_by_text("撤销决定的，暂停和终止即时恢复").click()
    press(han, "撤销决定")
    shows(han, "经申诉撤销", "暂停评价已撤销，备案恢复", "解除")
    qian.goto(mine)
    shows(qian, "决定已经申诉撤销")
    anyone.reload()
    shows(anyone, "撤回")
    anyone.get_by_role("link", name="返回处理决定列表").click()
    shows(anyone, "已撤回")


@pytest.mark.duty("F2.4", "F2.5", "F3.4", "F4.1")
def test_termination_ordered_with_a_revocation_and_a_hand_over(begun: Proceedings, site: Site) -> None:
    """买卖证书：责令终止备案、所涉证书另案撤销、移送公安并登记回执；期内不得再申请备案。"""
    Stage(begun.cast, people=2, filing=FILING).all_the_way()
    numbers = tuple(Certificate.objects.filter(issued_on__gte=date(2026, 3, 20)).order_by("number").values_list("number", flat=True))
    told = Proceedings(begun.cast, "sells_certificates", acted_on=date(2026, 4, 7), certificates=numbers)
    told.at, told.found_on = moment(date(2026, 4, 8), 9), date(2026, 4, 8)
    told.sent_up()
    travel_to(told.later())
    wu, wang, qian = (site.log_in(who, PASSWORD) for who in ("wu", "wang", "qian"))
    here = f"{site.url}/desk/cases/{told.number}"
    wu.goto(here)
    wu.get_by_label("决定的理由").fill("事实清楚，证据充分。")
    wu.get_by_text("已核对事实、证据、程序和裁量").click()
    press(wu, "作出决定")
    shows(wu, "终止备案", "撤销违规证书数据", "移送公安机关")
    qian.goto(f"{site.url}/body/cases/{told.number}")
    confirm(qian, "签收处理决定书", "签收")
    shows(qian, "终止备案")
    wang.goto(here)
    wang.get_by_label("收件人").fill("治安支队李警官")
    press(wang, "登记回执")
    wang.get_by_label("处理结果").fill("已立案侦查。")
    press(wang, "登记结果")
    shows(wang, "已立案侦查。")
    wang.get_by_role("link", name="CZ").click()
    shows(wang, "已立案，待告知", told.number)
    revoke(wang.url.rsplit("/", 1)[1], told)
    look_again(wang)
    shows(wang, "已撤销")
    assert {one.standing for one in Certificate.objects.filter(number__in=numbers)} == {"已撤销"}
    wang.goto(here)
    wang.get_by_role("link", name="ZZ").click()
    shows(wang, "责令终止")
    lin = site.log_in("lin", PASSWORD)
    lin.goto(f"{site.url}/body/filings")
    lin.get_by_role("link", name="开始申请").first.click()
    press(lin, "开始填报")
    shows(lin, f"因违纪违规处理（{told.number}）")


def revoke(number: str, told: Proceedings) -> None:
    """Let the case of revocation go its own way: told, the holders' days gone by, proposed, decided, carried out by the body that was ended."""
    cast = told.cast
    revoking.notify_holders(number=number, by=cast.wang, at=told.at)
    at = go(told, 12)
    revoking.propose_rows(number=number, rows=(), verdict=Verdict.REVOKE, reason="证书系买卖所得", by=cast.wang, at=at)
    revoking.send_up(number=number, by=cast.wang, at=at)
    revoking.decide_rows(number=number, rows=(), by=cast.wu, at=at)
    revoking.execute_rows(number=number, rows=(), by=cast.qian, at=at)


@pytest.mark.duty("F4.2")
def test_restricted_body_is_not_supported(begun: Proceedings, site: Site) -> None:
    """限制期内核发的证书不享受政策支持：名单核对时逐行说明。"""
    told = Proceedings(begun.cast, SERIOUS).reviewed()
    milder = Proposed((Measure.WARNING, Measure.RECTIFY), TERMS, "首次发生，主动报告")
    acts.send_up(number=told.number, proposed=milder, by=told.cast.wang, at=told.later())
    acts.decide_case(number=told.number, reason="从轻。", by=told.cast.wu, at=told.at)
    told.received(LetterKind.DECISION)
    case = Case(begun.cast)
    travel_to(OPENED)
    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/cases/{told.number}")
    shows(wang, "不得享受政策支持")
    wang.goto(f"{site.url}/desk/support")
    wang.get_by_role("link", name="导入名单").first.click()
    content = filled((case.issued[0], "陈一鸣", "技能提升补贴", "BT-001", "1500", "2026-04-10"))
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    wang.get_by_label("选择填好的名单").set_input_files({"name": "名单.xlsx", "mimeType": media, "buffer": content})
    press(wang, "仅核对")
    site.work_off_jobs()
    look_again(wang)
    shows(wang, f"因违纪违规处理（{told.number}）", "不能享受政策支持")
