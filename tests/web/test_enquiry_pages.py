"""外部登记查询页面: what does the clerk see and do, what the candidate, what the operators?"""

import pytest

from tests.cast import Cast
from tests.clocks import travel_to
from tests.exams.conftest import item  # noqa: F401
from tests.exams.test_enquiries import CHEN, LONG, again, mine, processes, registers  # noqa: F401
from tests.exams.test_own_registration import open_plan  # noqa: F401
from tests.jobs.outside import Process
from tests.web.test_filing_pages import client
from touchstone.accounts.actor import PLATFORM
from touchstone.exams.models import Candidate, Enquiry
from touchstone.exams.operations.enquiry_answers import note_unavailable, take_answer
from touchstone.jobs.candidates import tell_candidates
from touchstone.jobs.enquiries import ask_due
from touchstone.ledger.models import Installation
from touchstone.notices.models import Message
from touchstone.policy.eligibility.outside import IdentityAnswer, Register

PLAN, MINE, CLERK = "/body/plans/{}/candidates", "/me/registrations/{}", "/body/plans/candidates/{}"


def told(page: str, *words: str) -> None:
    """Expect every word."""
    for one in words:
        assert one in page, one


@pytest.mark.usefixtures("told_at_once")
def test_three_states_stand_apart(cast: Cast, mine: Candidate) -> None:  # noqa: F811
    """一项不符、一项查不到、一项等待：考生和审核人各看到一句话和怎么办。"""
    numbers = {one.register: one.number for one in Enquiry.objects.all()}
    take_answer(number=numbers["identity"], answer=IdentityAnswer(False), by=PLATFORM, at=cast.at)
    note_unavailable(number=numbers["insurance"], why="对方没有应答", by=PLATFORM, at=cast.at)
    page = client("chen").get(MINE.format(mine.number)).content.decode()
    told(page, "与登记不符，待核实", "不是这个姓名", "请联系评价机构说明并出示原件", "暂时查不到", "3月2日 09:02自动再查", "等待答复")
    told(page, "查询时只告知对方：姓名、证件号码", "已向社会保险缴费登记查询，暂时查不到")
    assert "再查一次" not in page and "立案" not in page
    page = client("sun").get(CLERK.format(mine.number)).content.decode()
    told(page, "写明核实情况", "承诺不实，立案", "再查一次", "外部登记答复")
    assert CHEN not in page
    listed = client("sun").get(PLAN.format(mine.plan.number)).content.decode()
    told(listed, "有1人与外部登记不符", "人口登记（姓名和证件号码）：与登记不符，待核实；人口登记（是否健在）：等待答复")
    tell_candidates(cast.at)
    assert Message.objects.filter(title__contains="一项与外部登记不符").count() == 1


@pytest.mark.parametrize(
    ("query", "there"),
    [
        pytest.param({"enquiry": "waiting"}, True, id="等待"),
        pytest.param({"enquiry": "contradicted"}, False, id="不符"),
        pytest.param({"enquiry": "waiting", "register": "insurance"}, True, id="社保等待"),
        pytest.param({"enquiry": "unavailable", "register": "insurance"}, False, id="社保查不到"),
        pytest.param({"register": "schooling"}, False, id="学籍没有查过"),
        pytest.param({"register": "death"}, True, id="是否健在查过"),
    ],
)
def test_the_list_is_narrowed_by_question(query: dict[str, str], there: bool, cast: Cast, mine: Candidate) -> None:  # noqa: F811
    page = client("sun").get(PLAN.format(mine.plan.number), query).content.decode()
    assert (mine.number in page) is there


def test_the_clerk_asks_again_and_settles(cast: Cast, mine: Candidate, registers: dict[Register, Process]) -> None:  # noqa: F811
    take_answer(number=Enquiry.objects.get(register="identity").number, answer=IdentityAnswer(False), by=PLATFORM, at=cast.at)
    browser, address = client("sun"), CLERK.format(mine.number)
    for act, register, reason, says in (
        ("settle", "identity", "", "请写明核实了什么"),
        ("settle", "identity", "曾用名，已核原件", "曾用名，已核原件"),
        ("ask_again", "insurance", "", "正在等待答复"),
        ("ask_again", "identity", "", "已重新提出查询"),
    ):
        told(browser.post(address, {"act": act, "register": register, "reason": reason}, follow=True).content.decode(), says)
    registers[Register.INSURANCE].does(records={CHEN: {"insurance": LONG}})
    ask_due(Register.INSURANCE, cast.at)
    page = browser.get(address).content.decode()
    told(page, "自述工作8年，缴费记录12年2个月", "申报之日由“上海甲辰精密机械有限公司”缴费", "与登记相符")
    assert again(mine).state == "eligible"


def test_operators_see_how_each_register_does(cast: Cast, mine: Candidate, registers: dict[Register, Process]) -> None:  # noqa: F811
    """人口登记已答复，社保拒绝登录，学籍未接通。"""
    # The city's mark belongs before its first line, which was kept and put back with the rest.
    Installation.objects.update_or_create(pk=1, defaults={"synthetic": True, "seed": 1})
    travel_to(cast.at)
    registers[Register.INSURANCE].does(code=403)
    ask_due(Register.IDENTITY, cast.at)
    ask_due(Register.INSURANCE, cast.at)
    page = client("zhu").get("/ops/registers").content.decode()
    told(page, "正常", "100%（1/1）", "有故障", "没有通过本平台的身份验证（403）", "未接通", "没有配置地址", "2026年3月2日")
    assert CHEN not in page and "密钥" in page and "只在测试中使用的密钥" not in page
