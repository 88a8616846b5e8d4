"""虚构线索: how do three leads of the small city come about, and an evaluator that was never filed, by the real operations?"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from touchstone.accounts.actor import VISITOR
from touchstone.complaints import operations as acts
from touchstone.complaints.operations import Told
from touchstone.complaints.operations.entering import Entered
from touchstone.complaints.operations.unfiled import WhatWasSeen
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.acts import Authority
from touchstone.policy.supervision.complaints import Origin, Verdict
from touchstone.policy.supervision.unfiled import Claim
from touchstone.simulation.cast import FOREIGN, HOME, actor_of
from touchstone.simulation.evaluation import at_hour

if TYPE_CHECKING:
    from touchstone.bodies.models import Body

EVALUATOR = "沪上匠心收纳研习社"


def populate(body: "Body", *, at: datetime) -> None:
    """This function will tell three leads and one evaluator: about `body` a complaint that is being verified and one of 陈一诺 that was answered,
    and what the press said of somebody in another district."""
    days = calendar()
    morning = {n: at_hour(days.add_working_days(at.date(), n), 9) for n in (-12, -6, -4, -2, -1)}
    _answered(body, morning[-12], morning[-6])
    _being_verified(body, morning[-4], morning[-2])
    reported = Entered(
        Origin.MEDIA, "《都市晨报》（虚构）第3版", about="沪西快证培训部", link="https://press.example/3", district=FOREIGN,
        happened="上个月", facts="报道称缴费三千元即可“免考拿高级工”。",
    )  # fmt: skip
    acts.enter_lead(entered=reported, by=actor_of("tao", morning[-2].date()), at=morning[-2])
    _evaluator(morning[-4], morning[-2], morning[-1])


def _answered(body: "Body", begun: datetime, ended: datetime) -> None:
    zhou, wang = (actor_of(name, begun.date()) for name in ("zhou", "wang"))
    told = Told(happened="上次理论考试当天", facts="候考时没有人核对身份证。", name="陈一诺", phone="13800000000")
    lead = acts.file_complaint(told=told, body=body, address="demo", by=actor_of("chen", begun.date()), at=begun).lead.number
    both = [one.user_id for one in (zhou, wang) if one.user_id]
    acts.take_up(number=lead, verifiers=both, by=zhou, at=begun + timedelta(hours=3))
    acts.note(number=lead, words="调看候考区录像，核对签到表：两名工作人员逐人核对了证件。", by=wang, at=ended)
    acts.conclude(number=lead, verdict=Verdict.UNTRUE, conclusion="录像和签到表显示逐人核对了证件。", by=wang, at=ended)
    acts.confirm(number=lead, by=zhou, at=ended + timedelta(hours=1))
    reply = "经调看录像、核对签到表，候考时逐人核对了证件，您反映的情况不属实。感谢您的监督。"
    acts.tell(number=lead, reply=reply, by=zhou, at=ended + timedelta(hours=2))


def _being_verified(body: "Body", begun: datetime, later: datetime) -> None:
    zhou, wang = (actor_of(name, begun.date()) for name in ("zhou", "wang"))
    told = Told(happened="上周六下午", facts="技能考核时一名考评员同时看两个工位，中途离开二十分钟。")
    lead = acts.file_complaint(told=told, body=body, address="demo", by=VISITOR, at=begun).lead.number
    both = [one.user_id for one in (zhou, wang) if one.user_id]
    acts.take_up(number=lead, verifiers=both, by=zhou, at=begun + timedelta(hours=2))
    acts.note(number=lead, words="调取当天派遣记录，该场派遣考评员三人。", by=wang, at=later)
    acts.ask_body(number=lead, facts="请说明上周六下午技能考核各工位考评人员在岗情况，并提供考场录像。", by=wang, at=later)


def _evaluator(seen_at: datetime, warned_at: datetime, answered_at: datetime) -> None:
    zhou, wu = (actor_of(name, seen_at.date()) for name in ("zhou", "wu"))
    what = WhatWasSeen(
        EVALUATOR, Claim.ABILITY, place="虚构路88号三楼", district=HOME, title="全国高级收纳师执业证书", promises=True,
        words="门口海报写“全国通用、包过”，收费二千八百元。", seen_on=seen_at.date(),
    )  # fmt: skip
    number = acts.enter_evaluator(what=what, by=zhou, at=seen_at).number
    acts.look_up(number=number, by=zhou, at=seen_at + timedelta(hours=1))
    words = f"{EVALUATOR}颁发的“全国高级收纳师执业证书”不是职业技能等级证书，也不是国家职业资格证书，请勿缴费参加。"
    acts.warn_of(number=number, words=words, by=wu, at=warned_at)
    acts.hand_over(
        number=number, authority=Authority.MARKET, recipient="浦东新区市场监督管理局（虚构）", words="涉嫌虚假宣传，证书使用国家字样。", by=zhou,
        at=warned_at + timedelta(hours=1),
    )
    acts.note_receipt(number=number, authority=Authority.MARKET, receipt="浦市监收〔虚构〕12号", by=zhou, at=answered_at)
