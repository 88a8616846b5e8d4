"""技术指导的演示: questions answered, passed on and published, so that a newcomer finds the desk at work."""

from datetime import datetime, timedelta

from touchstone.accounts.queries import industry_authorities
from touchstone.guidance import operations
from touchstone.simulation.cast import actor_of

AMEND = "不必重新备案。请申请备案变更，附场地证明和设备清单；准予后即可在新考核点安排认定。"


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
