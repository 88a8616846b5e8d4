"""虚构机构案件: one case about a body that waits for what it says, and one that was decided, published and closed, by the real operations."""

from datetime import datetime
from typing import Any

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import actors_of, users_of
from touchstone.bodies.queries import body_with_name
from touchstone.enforcement import operations as acts
from touchstone.enforcement.operations import Charge, Piece, Proposed
from touchstone.enforcement.queries import cases
from touchstone.enforcement.states import LetterKind
from touchstone.parameters.queries import calendar
from touchstone.policy.roles import Role
from touchstone.policy.supervision.ladder import Measure
from touchstone.simulation.cast import actor_of
from touchstone.simulation.evaluation import at_hour

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_TERMS = {"order": {"days": 15, "matter": "补齐监控设备并试录"}, "rectify": {"days": 30, "matter": "重新审核考评人员资格，停用不具备资格的人员"}}


def populate(*, waiting: str, decided: str, at: datetime) -> None:
    """This function will tell of two cases: about the body named `waiting` one that was notified and asked about, about `decided` one that was
    warned, rectified, published, closed and archived. Both are filed with the home district."""
    _decided(decided, at)
    _waiting(waiting, at)


class _Telling:
    """One case, told day by day."""

    def __init__(self, name: str, act: str, facts: str, day: datetime) -> None:
        found = body_with_name(name)
        assert found is not None, name
        self.body, self.day = found, day
        self.wang, self.zhou, self.wu = (actor_of(who, day.date()) for who in ("wang", "zhou", "wu"))
        acted_on = calendar().add_working_days(day.date(), -3)
        charge = Charge({act: acted_on}, facts, day.date())
        self.number = acts.begin_case(body=self.body, charge=charge, by=self.wang, at=day).number

    def later(self, days: int, hour: int = 10) -> datetime:
        """Let so many working days go by."""
        self.day = at_hour(calendar().add_working_days(self.day.date(), days), hour)
        return self.day

    @property
    def leader(self) -> Actor:
        """The head of the body."""
        for user in users_of(self.body.office, self.day.date()):
            for one in actors_of(user, self.day.date()):
                if one.office_id == self.body.office_id and one.has(Role.BODY_LEADER):
                    return one
        raise LookupError(self.body.number)

    def opened(self) -> None:
        """Approved, two officers, one piece of evidence."""
        both: dict[str, Any] = {"number": self.number, "at": self.later(1)}
        acts.approve_opening(opinion="同意立案。", by=self.wu, **both)
        acts.invite_officer(user_id=self.zhou.user_id or 0, by=self.wang, **both)
        acts.join_case(by=self.zhou, **both)
        piece = Piece("检查记录和现场照片", "现场检查", "王怀瑾、周明澜", self.day.date())
        acts.add_evidence(piece=piece, name="检查记录.pdf", content=PDF, by=self.wang, **both)

    def receive(self, kind: LetterKind) -> None:
        """The body signs for the last letter of a kind."""
        letter = cases(self.wang).get(number=self.number).letters.filter(kind=kind).order_by("-id")[0]
        acts.receive_letter(letter=letter.number, by=self.leader, at=self.later(1))


def _decided(name: str, at: datetime) -> None:
    days = calendar()
    told = _Telling(name, "unqualified_assessors", "一名考评人员的资格已经过期，仍参加评分。", at_hour(days.add_working_days(at.date(), -62), 9))
    told.opened()
    milder = Proposed((Measure.WARNING, Measure.RECTIFY), _TERMS, "首次发生，主动报告，及时停用，没有影响考生成绩。")
    acts.notify_body(number=told.number, proposed=milder, by=told.wang, at=told.later(1))
    told.receive(LetterKind.NOTICE)
    acts.state_case(number=told.number, statement="登记疏漏，已停用该人员并复核成绩。", by=told.leader, at=told.later(1))
    acts.answer_statement(number=told.number, answer="及时停用属实，从轻处理。", by=told.zhou, at=told.later(1))
    acts.send_up(number=told.number, proposed=milder, by=told.wang, at=told.later(1))
    acts.decide_case(number=told.number, reason="事实清楚，证据充分，情节较轻。", by=told.wu, at=told.later(1))
    told.receive(LetterKind.DECISION)
    acts.publish_decision(number=told.number, by=told.wang, at=told.later(1))
    acts.report_correction(number=told.number, measure=Measure.RECTIFY, report="已逐人核对资格，停用两人。", by=told.leader, at=told.later(2))
    for officer in (told.wang, told.zhou):
        acts.re_examine(number=told.number, measure=Measure.RECTIFY, good=True, opinion="抽查资格登记，相符。", by=officer, at=told.day)
    acts.close_case(number=told.number, by=told.wang, at=told.later(1))
    acts.seal_archive(number=told.number, explained={}, by=told.wang, at=told.later(1))


def _waiting(name: str, at: datetime) -> None:
    told = _Telling(name, "camera_gaps", "一场考试的录像有二十分钟缺口，机构没有报告。", at_hour(calendar().add_working_days(at.date(), -5), 9))
    told.opened()
    question = "机构宣传页称监控“全程保存三年”，与实际不符，是否构成虚假宣传？"
    acts.ask_help(number=told.number, office="XB-MARKET", question=question, by=told.wang, at=told.day)
    proposed = Proposed((Measure.SUMMONS, Measure.ORDER), _TERMS)
    acts.notify_body(number=told.number, proposed=proposed, by=told.wang, at=told.later(1))
    told.receive(LetterKind.NOTICE)
