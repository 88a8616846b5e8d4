"""线索样例: complaints about body 甲 of 浦东新区, brought by the real operations as far as a test needs them."""

from datetime import datetime, timedelta

from tests.cast import Cast
from touchstone.accounts.actor import VISITOR, Actor
from touchstone.complaints import operations as acts
from touchstone.complaints.models import Lead
from touchstone.complaints.operations import Filed, Told
from touchstone.complaints.operations.unfiled import WhatWasSeen
from touchstone.policy.supervision.complaints import Verdict
from touchstone.policy.supervision.unfiled import Claim

NAME, PHONE, ADDRESS = "赵不平", "13900001111", "192.0.2.7"
HAPPENED, FACTS = "2月28日上午", "理论考试有人代考，监考没有核对证件。"
HOME, FOREIGN = "310115", "310104"
BAD = WhatWasSeen("沪上收纳研习社", Claim.LEVEL, place="虚构路1号", district=HOME, title="高级工证书", promises=True)


def complained(cast: Cast, *, name: str = "", by: Actor = VISITOR, key: str = "", at: datetime | None = None, **more: str) -> Filed:
    """Let somebody complain about body 甲; `name` empty is anonymous."""
    told = Told(**{"happened": HAPPENED, "facts": FACTS, "name": name, "phone": PHONE if name else "", **more})  # type: ignore[arg-type]
    return acts.file_complaint(told=told, body=cast.body_a, address=ADDRESS, by=by.with_key(key), at=at or cast.at)


def both(cast: Cast) -> list[int]:
    """The two of the home district who verify."""
    return [key for key in (cast.zhou.user_id, cast.wang.user_id) if key]


def taken_up(cast: Cast, *, name: str = "", by: Actor = VISITOR) -> Lead:
    """Give a complaint that two verify."""
    number = complained(cast, name=name, by=by).lead.number
    return acts.take_up(number=number, verifiers=both(cast), by=cast.zhou, at=cast.at)


def concluded(cast: Cast, verdict: Verdict = Verdict.TRUE, **more: str) -> Lead:
    """Give a complaint about which 王 has worded a verdict."""
    number = taken_up(cast, **more).number  # type: ignore[arg-type]
    acts.note(number=number, words="调看录像。", files=[("录像截图.pdf", b"%PDF-1.7 x")], by=cast.wang, at=cast.at)
    return acts.conclude(number=number, verdict=verdict, conclusion="录像显示没有核对证件。", by=cast.wang, at=cast.at)


def verified(cast: Cast, verdict: Verdict = Verdict.TRUE, **more: str) -> Lead:
    """Give a complaint whose verdict 周 has confirmed."""
    return acts.confirm(number=concluded(cast, verdict, **more).number, by=cast.zhou, at=cast.at + timedelta(hours=1))


def looked_up(cast: Cast) -> str:
    """Give the number of an evaluator never filed that 周 has held against the register."""
    number = acts.enter_evaluator(what=BAD, by=cast.zhou, at=cast.at).number
    acts.look_up(number=number, by=cast.zhou, at=cast.at)
    return number
