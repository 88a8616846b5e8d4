"""机构案件舞台: a case about body 甲 (区属企业, 浦东) brought, by the real operations, as far as a test needs it.

王 and 周 handle it, 吴 directs, 何 looks at its lawfulness, 郑 and 冯 discuss it with him; 钱 leads the body; 韩 of the centre answers an
appeal. Only the filing is put down as it would stand after acceptance.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tests.cast import Cast
from touchstone.accounts.actor import Actor
from touchstone.enforcement import operations as acts
from touchstone.enforcement.models import Case
from touchstone.enforcement.operations import Charge, Piece, Proposed
from touchstone.enforcement.states import LetterKind, Service
from touchstone.filings.models import Filing
from touchstone.parameters.queries import calendar
from touchstone.policy.supervision.ladder import Measure

FILING = "BA2026000001"
PDF = b"%PDF-1.4\n%\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
MINOR, SERIOUS, GRAVE, UNLAWFUL = "camera_gaps", "outside_venue", "empty_exam", "unlawful_fees"
TERMS: Mapping[str, Mapping[str, Any]] = {
    "order": {"days": 15, "matter": "补齐监控设备"},
    "rectify": {"days": 30, "matter": "停止在备案考核点以外考试"},
    "suspend": {"months": 3},
}
ALL: Mapping[str, tuple[Measure, ...]] = {
    "sells_certificates": (Measure.TERMINATE, Measure.HAND_OVER, Measure.REVOKE),
    MINOR: (Measure.SUMMONS, Measure.ORDER),
    SERIOUS: (Measure.WARNING, Measure.RECTIFY, Measure.SUSPEND),
    GRAVE: (Measure.TERMINATE, Measure.REVOKE),
    UNLAWFUL: (Measure.HAND_OVER,),
}


@dataclass
class Proceedings:
    """One case; each method goes one step further, a working day later. `at` is where the story stands."""

    cast: Cast
    act: str = MINOR
    acted_on: date = date(2026, 2, 25)
    certificates: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    found_on: date = date(2026, 3, 2)
    at: datetime = field(init=False)
    number: str = ""

    def __post_init__(self) -> None:
        self.at = self.cast.at
        file_body(self.cast)

    @property
    def case(self) -> Case:
        """Give the case as it stands."""
        return Case.objects.get(number=self.number)

    def later(self, days: int = 1) -> datetime:
        """Let so many working days go by."""
        day = calendar().add_working_days(self.at.date(), days)
        self.at += timedelta(days=(day - self.at.date()).days)
        return self.at

    def charge(self, **how: Any) -> Charge:
        """What the body is held to have done."""
        told: dict[str, Any] = {"facts": "检查录像时发现缺口。", "found_on": self.found_on, "certificates": self.certificates, "plans": self.plans}
        return Charge(**{"acts": {self.act: self.acted_on}, **told, **how})

    def begun(self, source: str = "") -> "Proceedings":
        """Put it down."""
        made = acts.begin_case(body=self.cast.body_a, charge=self.charge(), source=source, by=self.cast.wang, at=self.at)
        self.number = made.number
        return self

    def opened(self, source: str = "") -> "Proceedings":
        """The director approves; 周 is invited and accepts; a file and its origin are evidence."""
        self.begun(source)
        acts.approve_opening(number=self.number, opinion="同意立案", by=self.cast.wu, at=self.later())
        acts.invite_officer(number=self.number, user_id=self.cast.zhou.user_id or 0, by=self.cast.wang, at=self.at)
        acts.join_case(number=self.number, by=self.cast.zhou, at=self.at)
        piece = Piece("录像截图", "机构提供", "王怀瑾、周明澜", self.at.date())
        acts.add_evidence(number=self.number, piece=piece, name="截图.pdf", content=PDF, by=self.cast.wang, at=self.at)
        return self

    def proposed(self) -> Proposed:
        """All that the tier asks for."""
        return Proposed(ALL[self.act], TERMS)

    def notified(self) -> "Proceedings":
        """The notice is sent, and the body signs for it."""
        if not self.number:
            self.opened()
        acts.notify_body(number=self.number, proposed=self.proposed(), by=self.cast.wang, at=self.later())
        return self.received(LetterKind.NOTICE)

    def received(self, kind: LetterKind) -> "Proceedings":
        """The body opens the last letter of a kind."""
        letter = self.case.letters.filter(kind=kind).order_by("-id")[0]
        acts.receive_letter(letter=letter.number, by=self.cast.qian, at=self.later())
        return self

    def heard(self) -> "Proceedings":
        """The body speaks, and is answered."""
        if self.case_state != "notified":
            self.notified()
        acts.state_case(number=self.number, statement="设备当天断电，已经修复。", by=self.cast.qian, at=self.later())
        acts.answer_statement(number=self.number, answer="断电属实，不影响认定。", by=self.cast.zhou, at=self.at)
        return self

    @property
    def case_state(self) -> str:
        """The state, empty before there is a case."""
        return str(self.case.state) if self.number else ""

    def reviewed(self) -> "Proceedings":
        """The lawyer looks, four discuss, the days for asking a hearing go by."""
        self.heard()
        self.later(6)
        acts.examine_lawfulness(number=self.number, opinion="程序合法，依据正确。", by=self.cast.he, at=self.at)
        for who in (self.cast.wu, self.cast.zheng, self.cast.feng):
            acts.sign_discussion(number=self.number, opinion="同意处理意见。", by=who, at=self.at)
        return self

    def sent_up(self) -> "Proceedings":
        """It lies with the director."""
        self.reviewed() if self.act in {SERIOUS, GRAVE, "sells_certificates"} else self.heard()
        acts.send_up(number=self.number, proposed=self.proposed(), by=self.cast.wang, at=self.later())
        return self

    def decided(self) -> "Proceedings":
        """The director decides."""
        self.sent_up()
        acts.decide_case(number=self.number, reason="事实清楚，证据充分。", by=self.cast.wu, at=self.later())
        return self

    def served(self) -> "Proceedings":
        """The body signs for the decision; it takes effect."""
        return self.decided().received(LetterKind.DECISION)

    def corrected(self, measure: Measure) -> "Proceedings":
        """The body reports, and both officers find it good."""
        acts.report_correction(number=self.number, measure=measure, report="已全部改正。", by=self.cast.lin, at=self.later())
        for who in (self.cast.wang, self.cast.zhou):
            acts.re_examine(number=self.number, measure=measure, good=True, opinion="现场复查合格。", by=who, at=self.at)
        return self

    def talked(self) -> "Proceedings":
        """The body's head is called, comes, and signs."""
        on = calendar().add_working_days(self.at.date(), 5)
        acts.summon(number=self.number, on=on, place="区人社局三楼", by=self.cast.wang, at=self.at)
        self.received(LetterKind.SUMMONS)
        self.later(5)
        acts.record_talk(number=self.number, talk="已说明原因，承诺整改。", by=self.cast.wang, at=self.at)
        acts.sign_talk(number=self.number, by=self.cast.qian, at=self.at)
        return self

    def closed(self) -> "Proceedings":
        """A minor case comes to its end."""
        self.served().talked().corrected(Measure.ORDER)
        acts.close_case(number=self.number, by=self.cast.wang, at=self.later())
        return self

    def by_hand(self, kind: LetterKind, how: Service, by: Actor, remark: str = "") -> None:
        """An officer puts down how the last letter of a kind was served."""
        letter = self.case.letters.filter(kind=kind).order_by("-id")[0]
        acts.note_service(letter=letter.number, how=how, to="钱书瑶", on=self.at.date(), remark=remark, by=by, at=self.at)


def file_body(cast: Cast) -> Filing:
    """Put the filing of body 甲 down as it would stand after acceptance, once."""
    made, _ = Filing.objects.get_or_create(
        number=FILING,
        defaults={
            "body": cast.body_a, "route": "district_enterprise", "state": "accepted", "begun_at": cast.at, "saved_at": cast.at, "decided_at": cast.at,
            "rules_day": date(2026, 1, 19), "in_force_from": date(2026, 2, 2), "until": date(2029, 2, 2),
        },
    )  # fmt: skip
    return made
