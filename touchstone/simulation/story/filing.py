"""故事·备案: the enterprise files, is sent back once, assessed, accepted and given its site code."""

from typing import TYPE_CHECKING

from touchstone.accounts.actor import VISITOR
from touchstone.filings import operations
from touchstone.filings.queries import assessor_choices, consents_wanted, filing, latest_assessment
from touchstone.jobs.filings import accept_announced_filings, take_up_new_objections
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import add_years
from touchstone.notices.operations import make_objection
from touchstone.notices.queries import objections_of, of_case
from touchstone.policy.documents import notice
from touchstone.simulation.filing import equip, fill, score, sight
from touchstone.simulation.story.teller import Teller

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

LAW = notice("三(一)1")


class StoryBroken(RuntimeError):
    """A step of the story did not really happen."""


def must(happened: bool, what: str) -> None:
    """This function will stop the story when something that should have happened did not. :raises StoryBroken:"""
    if not happened:
        raise StoryBroken(what)


def file_and_be_accepted(teller: Teller, body: "Body") -> str:
    """This function will tell the filing to its end and give its number. :raises StoryBroken:"""
    number = _apply(teller, body)
    _be_returned_once(teller, number)
    _be_assessed(teller, number)
    _be_announced(teller, number)
    _be_registered(teller, number)
    return number


def _apply(teller: Teller, body: "Body") -> str:
    lin, he = teller.who("lin"), teller.who("he")
    venue = equip(body, by=lin, at=teller.at)
    teller.step(f"{body.name}登记考核点 {venue}、考场和人员", notice("三(二)5"))
    number = operations.begin_filing(by=lin, at=teller.at).number
    fill(number, by=lin, at=teller.at)
    teller.step(f"林知夏填报备案申请 {number}：车工五级、四级、三级", LAW)
    choices = [o for group in consents_wanted(filing(number, lin), teller.day) for one in group.offices for o in one.offices]
    office = next(o for o in choices if o.pk == he.office_id)
    operations.seek_consent(number=number, office_ids=[office.pk], by=lin, at=teller.at)
    teller.step(f"向{office.name}征求同意（行业主管部门或人社部门，任选其一）", LAW)
    try:
        operations.submit(number=number, by=lin, at=teller.at)
    except Refusal as refusal:
        teller.note(f"未获同意先提交，被拒：{refusal}")
    else:
        raise StoryBroken("未获同意就提交了备案申请")
    teller.wait(2)
    operations.answer_consent(number=number, given=True, opinion="产业发展需要，同意。", by=he, at=teller.at)
    teller.step("何思远答复：同意", LAW)
    operations.submit(number=number, by=lin, at=teller.at)
    teller.step("林知夏提交备案申请，规则审查意见随件冻结", LAW)
    return number


def _be_returned_once(teller: Teller, number: str) -> None:
    teller.wait(1)
    zhou, lin = teller.who("zhou"), teller.who("lin")
    points = {"systems": "请写明考评人员资格管理办法的文号。"}
    operations.return_for_supplement(number=number, reason="请补充考评人员资格证书说明。", points=points, by=zhou, at=teller.at)
    must(filing(number, lin).state == "returned", "没有退回补正")
    teller.step("周明澜退回补正一次，写明缺什么；原件带着内容回到填报人手里", LAW)
    teller.wait(1)
    operations.submit(number=number, by=lin, at=teller.at)
    teller.step("林知夏补正后再次提交", LAW)


def _be_assessed(teller: Teller, number: str) -> None:
    teller.wait(1)
    zhou, zheng, feng = (teller.who(name) for name in ("zhou", "zheng", "feng"))
    two = [p.pk for p in assessor_choices(filing(number, zhou), teller.day) if p.user.pk in {zheng.user_id, feng.user_id}]
    operations.appoint_assessors(number=number, person_ids=two, recusal="二人与申请单位均无应当回避的关系。", by=zhou, at=teller.at)
    teller.step("周明澜指派郑伯安、冯若溪二人技术评估，声明无回避情形", LAW)
    teller.wait(3)
    for venue_id in sorted(set(filing(number, zhou).scope.values_list("venue_id", flat=True))):
        seen = sight(venue_id, teller.day, "钱书瑶", "理论考场40座、车工工位16个、监控与保密室，与填报一致。")
        kept = operations.record_visit(number=number, sight=seen, by=zheng, at=teller.at)
        operations.confirm_visit(number=number, visit_id=kept.pk, by=feng, at=teller.at)
    teller.step("郑伯安现场踏勘并记录，冯若溪确认", LAW)
    for who, points in ((zheng, "9"), (feng, "8.5")):
        operations.submit_sheet(number=number, scores=score(number, points, by=who, at=teller.at), by=who, at=teller.at)
    operations.conclude_assessment(number=number, by=zhou, at=teller.at)
    assessment = latest_assessment(filing(number, zhou))
    must(assessment is not None and assessment.passed is True, "技术评估没有合格")
    assert assessment is not None
    teller.step(f"二人各自独立评分后汇总：{assessment.score}分，合格", LAW)


def _be_announced(teller: Teller, number: str) -> None:
    teller.wait(2)
    wu = teller.who("wu")
    operations.decide(number=number, accept=True, opinion="条件具备，准予备案。", by=wu, at=teller.at)
    announced = of_case(number).get()
    teller.step(f"吴志恒准予备案并公示 {announced.number}：{announced.opened_on}起{announced.working_days}个工作日", LAW)
    teller.wait(2)
    make_objection(notice_number=announced.number, name="李群众", phone="10000000009", content="听说车间不到16个工位。", by=VISITOR, at=teller.at)
    take_up_new_objections(teller.at)
    teller.step("公示期内有人提出异议", LAW)
    teller.wait(1)
    objection = objections_of(number).get()
    operations.answer_filing_objection(
        number=number, objection=objection.number, upheld=False, answer="经现场复核，工位16个，与公示一致。", by=wu, at=teller.at
    )
    teller.step("吴志恒核查后答复：异议不成立", LAW)
    must(accept_announced_filings(teller.at) == 0, "公示未满就完成了备案")
    teller.until(announced.closes_on)
    must(accept_announced_filings(teller.at) == 1, "公示期满没有完成备案")
    case = filing(number, wu)
    must(case.state == "accepted" and case.until == add_years(teller.day, 3), "备案没有生效三年")
    teller.step(f"公示期满，备案生效：{case.in_force_from}至{case.until}前", LAW)


def _be_registered(teller: Teller, number: str) -> None:
    teller.wait(1)
    xu = teller.who("xu")
    report = filing(number, xu).report
    operations.sign_for_report(number=report.number, site_code="", by=xu, at=teller.at)
    code = filing(number, xu).body.site_code
    must(bool(code), "没有编配站点序列码")
    teller.step(f"结果报送市职鉴中心 {report.number}，许清和签收并编配站点序列码 {code}", LAW)
