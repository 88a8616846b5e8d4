"""技术指导的演示: questions answered, papers, a notice and a visit, so that a newcomer finds guidance at work."""

from datetime import datetime, timedelta
from typing import Any

from touchstone.accounts.queries import industry_authorities
from touchstone.bodies.queries import bodies, own_body
from touchstone.guidance import operations
from touchstone.print.lists import ListColumn, Sheet, print_list
from touchstone.sheets.registration_fields import PlanOptions
from touchstone.sheets.registration_template import registration_template
from touchstone.simulation.cast import actor_of, person_of

AMEND = "不必重新备案。请申请备案变更，附场地证明和设备清单；准予后即可在新考核点安排认定。"

CHECKED = ("考场标识、座位号和监控已检查", "试卷已按规定领取和保管", "考评人员和监考人员已到位", "设备已试运行", "应急处置人员和联系方式已公布")
CHECKLIST = Sheet("考务组织核对单", (ListColumn("序号", 14, middle=True), ListColumn("核对事项"), ListColumn("结果", 30)), signatures=("核对人",))


def advise(*, at: datetime) -> None:
    """This function will let bodies and members of the corps ask, and the offices answer."""
    day, later = at.date(), at + timedelta(hours=2)
    gu, zhou, tao, jiang = (actor_of(name, day) for name in ("gu", "zhou", "tao", "jiang"))
    asked = operations.ask(topic="filing", title="新增考核点要重新备案吗", words="我单位拟启用第二实训场地，是否重新备案？", by=gu, at=at)
    operations.answer(number=asked.number, words=AMEND, by=zhou, at=later)
    operations.mark(number=asked.number, helpful=True, by=gu, at=later)
    operations.publish_answer(
        number=asked.number, title=asked.title, words="已备案的企业拟启用第二处实训场地，是否须重新备案？",
        answer=AMEND, reach="public", by=zhou, at=later,
    )  # fmt: skip
    asked = operations.ask(topic="standards", title="数控设备换代后技能考核用什么设备", words="新设备型号与标准所列不同，可否使用？", by=gu, at=at)
    authority = industry_authorities("machinery", "310115").get()
    operations.pass_on(number=asked.number, office_id=authority.pk, words="属于行业技术问题。", by=zhou, at=later)
    operations.answer(number=asked.number, words="精度和功能不低于标准要求的设备可以使用，请在认定计划中写明。", by=jiang, at=later)
    operations.publish_answer(
        number=asked.number, title="设备型号与标准所列不同可以用吗", words="考核设备已换代，型号与标准所列不同。",
        answer="精度和功能不低于标准要求的设备可以使用，请在认定计划中写明。", reach="bodies", by=jiang, at=later,
    )  # fmt: skip
    song = actor_of("song", day)
    if song.user_id:
        asked = operations.ask(topic="people", title="外出学习期间如何登记", words="下月外出学习两周，需要办什么手续？", by=song, at=at)
        operations.answer(number=asked.number, words="请在“我的时间”登记不能承担的日期，抽派时会避开。", by=tao, at=later)
    operations.ask(topic="plans", title="认定计划提交后可以改考试时间吗", words="场地临时检修，想把考试推迟一天。", by=gu, at=later)


def publish(*, at: datetime) -> None:
    """This function will let the centre publish two papers, a district send a notice and go to see a body, which confirms both."""
    day = at.date()
    tao, zhou, gu = (actor_of(name, day) for name in ("tao", "zhou", "gu"))
    paper: dict[str, Any] = {"reach": "public", "edition": f"{day.year}年第1版", "since": day, "last_day": None, "by": tao, "at": at}
    operations.publish_paper(
        kind="template", topic="plans", title="报名信息表", introduction="认定计划备案后，也可以在计划的报名页下载带有计划编号的模板。",
        name="报名信息表.xlsx", content=registration_template(PlanOptions("（计划编号）", ("车工",), ("五级/初级工",), ())), **paper,
    )  # fmt: skip
    operations.publish_paper(
        kind="guide", topic="exams", title="考务组织核对单", introduction="考前一天由考务负责人逐项核对。",
        name="考务组织核对单.pdf", content=print_list(CHECKLIST, [(str(n), one, "") for n, one in enumerate(CHECKED, 1)]), **paper,
    )  # fmt: skip
    notice = operations.send_notice(
        kind="training", title="考务人员培训通知", words="请各机构派考务负责人参加考务组织培训，在本页报名。",
        read_by_on=day + timedelta(days=7),
        to=bodies(zhou), chosen="本辖区全部机构", by=zhou, at=at,
        training=operations.TrainingTerms(day + timedelta(days=14), "区人社局三楼会议室", 8, 60, day + timedelta(days=7)),
    )  # fmt: skip
    operations.confirm_reading(number=notice.number, by=gu, at=at + timedelta(hours=1))
    operations.sign_up(number=notice.number, name="任可欣", post="考务负责人", by=gu, at=at + timedelta(hours=1))
    visit = operations.record_visit(
        body=own_body(gu), venue="", visited_on=day, topic="exams", found="考场标识不全，考务人员对应急处置不熟悉。",
        advice="补齐标识，组织一次应急演练。",
        second_officer=person_of("wang").number, follow_up_on=day + timedelta(days=30), by=zhou, at=at,
    )  # fmt: skip
    operations.confirm_visit(number=visit.number, words="已补齐标识，演练安排在下周。", by=gu, at=at + timedelta(hours=3))
