"""旅程: certificate data out of scope or wrong is examined, decided and revoked or corrected; an appeal; what a holder asks to have put right."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.cast import set_up
from tests.clocks import travel_to
from tests.journeys.conftest import PHONE, Site, confirm, look_again, shows
from tests.revocations.giving import DECIDED, EXECUTED, HEARD, OPENED, PDF, Case, holder
from tests.revocations.test_support import filled, rows_about
from touchstone.accounts.models import User
from touchstone.certificates.models import Certificate
from touchstone.certificates.queries import verify_path
from touchstone.ledger.operations import mark_synthetic
from touchstone.policy.certificates.revocation import Cause, Verdict
from touchstone.revocations.models import HolderRequest
from touchstone.simulation.cast import PASSWORD


@pytest.fixture
def case(transactional_db: None) -> Case:
    """Give three certificates of body 甲, the first the condition of another, on the Monday after."""
    mark_synthetic(seed=1)
    cast = set_up()
    travel_to(OPENED)
    case = Case(cast)
    case.resting_on(0)
    return case


def name_of(case: Case, n: int) -> str:
    """Give the log-in of the nth holder, made where there is none."""
    return User.objects.get(pk=holder(case.certificate(n)).user_id or 0).username


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def download(page: Page, name: str) -> None:
    """Fetch a letter and see that it is one."""
    with page.expect_download() as paper:
        page.get_by_role("link", name=name, exact=True).evaluate("link => { link.download = '文书.pdf'; link.click(); }")
    assert paper.value.path().read_bytes().startswith(b"%PDF-")


@pytest.mark.duty("F3.1", "F3.2")
def test_one_revoked_one_corrected_one_kept(case: Case, site: Site) -> None:
    """区里立案前看到影响范围；告知，查验显示核查中；持证人陈述；一本撤销、一本更正、一本保留；机构执行；查验页写明何事、何时、谁、依据。"""
    me = site.log_in(name_of(case, 2), PASSWORD, viewport=PHONE)
    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/revocations")
    wang.get_by_role("link", name="立案").first.click()
    wang.get_by_label("事由").select_option(label="数据有误")
    wang.get_by_label("证书编号", exact=True).fill("\n".join([*case.issued, "Y000031300001265009999"]))
    wang.get_by_label("事实和理由").fill("计划所列等级、姓名与备案和成绩册不符。")
    press(wang, "核对影响范围")
    shows(wang, "以它们为条件的后续证书", "没有编号为Y000031300001265009999的证书")
    expect(wang.get_by_label("证书编号", exact=True)).to_have_value("\n".join(case.issued))
    press(wang, "立案（3本）")
    shows(wang, "证书状态还没有改变", "后续证书")
    case.number = wang.url.rsplit("/", 1)[1]
    anyone = site.visit(verify_path(case.issued[0]))
    expect(anyone.get_by_role("heading", name="证书有效")).to_be_visible()
    confirm(wang, "告知持证人和机构", "告知")
    shows(wang, "核查中，听取陈述")
    anyone.reload()
    expect(anyone.get_by_role("heading", name="证书核查中")).to_be_visible()

    travel_to(HEARD)
    me.goto(f"{site.url}/me/")
    shows(me, "陈述情况：", "2026年4月20日")
    me.get_by_role("link", name="查看核查，陈述").first.click()
    shows(me, "核查中", "前可以陈述")
    me.get_by_label("我要说明的情况").fill("成绩册上的名字是对的。")
    press(me, "提交陈述")
    shows(me, "成绩册上的名字是对的。")
    download(me, "告知书")

    wang.reload()
    wang.get_by_label(f"选择{case.issued[0]}").check()
    wang.get_by_label("处理意见的理由").fill("超出备案等级，已核实。")
    press(wang, "拟撤销")
    shows(wang, "逐本结果", "已办理")
    wang.get_by_label(f"选择{case.issued[2]}").check()
    wang.get_by_label("处理意见的理由").fill("陈述属实。")
    press(wang, "拟保留")
    wang.get_by_role("link", name=case.issued[1]).click()
    wang.get_by_label("处理意见", exact=True).select_option(label="更正（撤销并重新登记）")
    wang.get_by_label("正确的姓名").fill("王洁")
    wang.get_by_label("理由").fill("成绩册为王洁。")
    press(wang, "登记处理意见")
    shows(wang, "姓名改为王洁")
    travel_to(DECIDED)
    wang.get_by_role("link", name=f"案件{case.number}").click()
    confirm(wang, "报送负责人决定", "报送")

    wu = site.log_in("wu", PASSWORD)
    wu.goto(f"{site.url}/desk/")
    wu.get_by_role("link", name="决定证书撤销").first.click()
    wu.get_by_label("本案全部（不限于本页）").check()
    wu.get_by_label("已逐本核对").check()
    press(wu, "按处理意见决定")
    shows(wu, "逐本结果", "已决定，待执行")
    download(wu, "决定书（致机构）")
    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/revocations")
    qian.get_by_role("link", name=case.number).click()
    qian.get_by_label("本案全部待执行的").check()
    qian.get_by_label("撤销不能恢复").check()
    press(qian, "执行决定")
    shows(qian, "已办结", "已撤销", "已更正")

    anyone.reload()
    expect(anyone.get_by_role("heading", name="证书已撤销")).to_be_visible()
    shows(anyone, "浦东新区人力资源和社会保障局", "上海甲辰精密机械有限公司", "三(四)2", "数据有误")
    corrected = case.row(1)
    other = site.visit(verify_path(case.issued[1]))
    shows(other, "更正", corrected.replaced_by)
    made = site.visit(verify_path(corrected.replaced_by))
    expect(made.get_by_role("heading", name="证书有效")).to_be_visible()
    shows(made, "王洁")
    kept = site.visit(verify_path(case.issued[2]))
    expect(kept.get_by_role("heading", name="证书有效")).to_be_visible()
    foreign = site.log_in("lv", PASSWORD)
    foreign.goto(f"{site.url}/desk/revocations/{case.number}")
    expect(foreign.get_by_text("不归您查看")).to_be_visible()


def test_an_appeal_is_right(case: Case, site: Site) -> None:
    """超范围撤销以后持证人申诉，市里审查成立：旧编号仍是已撤销，页面写明由哪一本代替；新证书有效。"""
    case.cause = Cause.OUT_OF_SCOPE
    case.ordered(Verdict.REVOKE, Verdict.KEEP, Verdict.KEEP).executed()
    travel_to(EXECUTED + timedelta(hours=1))
    me = site.log_in(name_of(case, 0), PASSWORD, viewport=PHONE)
    me.goto(f"{site.url}/me/certificate-matters")
    me.get_by_role("link", name="车工五级/初级工").first.click()
    me.get_by_label("申诉理由").fill("备案表写明含五级。")
    press(me, "提交申诉")
    shows(me, "申诉审查中")
    han = site.log_in("han", PASSWORD)
    han.goto(f"{site.url}/desk/inbox")
    han.get_by_role("link", name="答复证书撤销申诉").first.click()
    han.get_by_role("link", name=case.issued[0]).click()
    han.get_by_label("审查情况和答复意见").fill("经查在备案范围内。")
    press(han, "申诉成立")
    shows(han, "已由新证书代替")
    download(han, "申诉答复书")
    me.reload()
    shows(me, "已由新证书代替")
    old = site.visit(verify_path(case.issued[0]))
    expect(old.get_by_role("heading", name="证书已撤销")).to_be_visible()
    shows(old, "申诉成立", case.row(0).replaced_by)
    new = site.visit(verify_path(case.row(0).replaced_by))
    expect(new.get_by_role("heading", name="证书有效")).to_be_visible()


@pytest.mark.duty("A3.3")
def test_a_holder_has_a_name_put_right_and_a_lost_paper_issued_again(case: Case, site: Site) -> None:
    """持证人在手机上申请更正和补发，上传材料；机构核对、负责人办理；更正一步完成，补发沿用编号；另一件不予办理，写明怎么办。"""
    me = site.log_in(name_of(case, 1), PASSWORD, viewport=PHONE)
    me.goto(f"{site.url}/me/certificates")
    me.get_by_role("link", name="申请更正").click()
    me.get_by_label("哪里有误").fill("名字写错了。")
    me.get_by_label("正确的姓名").fill("王洁")
    press(me, "提交申请")
    shows(me, "没有上传证明材料")
    me.set_input_files("input[type=file]", files={"name": "身份证.pdf", "mimeType": "application/pdf", "buffer": PDF})
    press(me, "提交申请")
    shows(me, "待核对")
    number = HolderRequest.objects.get().number
    sun = site.log_in("sun", PASSWORD)
    sun.goto(f"{site.url}/body/certificate-requests")
    sun.get_by_role("link", name=number).click()
    shows(sun, "身份证.pdf")
    sun.get_by_label("核对情况").fill("与身份证一致，登记有误。")
    press(sun, "登记核对情况")
    qian = site.log_in("qian", PASSWORD)
    qian.goto(f"{site.url}/body/certificate-requests/{number}")
    confirm(qian, "同意更正", "同意")
    shows(qian, "新证书编号")
    made = HolderRequest.objects.get().made_number
    assert Certificate.objects.get(number=made).holder_name == "王洁"
    me.reload()
    shows(me, "已办结", made)
    old = site.visit(verify_path(case.issued[1]))
    shows(old, "持证人申请", made)

    me.goto(f"{site.url}/me/certificates")
    me.get_by_role("link", name="申请补发").click()
    me.get_by_label("遗失或者损坏的情况").fill("搬家遗失。")
    press(me, "提交申请")
    again = HolderRequest.objects.latest("id").number
    for page, act in ((sun, "核对"), (qian, "同意")):
        page.goto(f"{site.url}/body/certificate-requests/{again}")
        if act == "核对":
            page.get_by_label("核对情况").fill("本人申请，属实。")
            press(page, "登记核对情况")
        else:
            confirm(page, "同意补发", "同意")
            shows(page, "编号不变")
    new = site.visit(verify_path(made))
    shows(new, "已补发", "此前打印的纸质证书作废")

    me.goto(f"{site.url}/me/certificates/{made}/reissue")
    me.get_by_label("遗失或者损坏的情况").fill("想多要一本。")
    press(me, "提交申请")
    third = HolderRequest.objects.latest("id").number
    sun.goto(f"{site.url}/body/certificate-requests/{third}")
    sun.get_by_label("核对情况").fill("没有遗失。")
    press(sun, "登记核对情况")
    qian.goto(f"{site.url}/body/certificate-requests/{third}")
    confirm(qian, "不予办理", "不予办理", 理由="证书没有遗失。", 持证人可以怎么办="可以自行打印电子证书。")
    me.goto(f"{site.url}/me/certificate-requests/{third}")
    shows(me, "证书没有遗失。", "可以自行打印电子证书。")
    assert date(2026, 4, 7) == Certificate.objects.get(number=made).issued_on


def test_a_list_of_support_is_tried_entered_and_taken_back(case: Case, site: Site) -> None:
    """名单先仅核对，逐行看到结果；登记同一份；选错了的整份撤销，写明理由。"""
    content = filled((case.issued[0], "陈一鸣", "技能提升补贴", "BT-001", "1500", "2026-04-10"), *rows_about(case, 30))
    wang = site.log_in("wang", PASSWORD)
    wang.goto(f"{site.url}/desk/support")
    wang.get_by_role("link", name="导入名单").first.click()
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    wang.get_by_label("选择填好的名单").set_input_files({"name": "名单.xlsx", "mimeType": media, "buffer": content})
    press(wang, "仅核对")
    shows(wang, "正在逐行处理")
    site.work_off_jobs()
    look_again(wang)
    shows(wang, "只作了核对，没有登记任何一笔", "姓名与证书不符，请核对。")
    press(wang, "登记这一份")
    site.work_off_jobs()
    look_again(wang)
    shows(wang, "已登记", "技能提升补贴BT-001")
    confirm(wang, "整份撤销", "确认撤销", 撤销的理由="选错了文件。")
    shows(wang, "已整份撤销", "选错了文件。")
