"""撤销测试公用: body 甲 has issued certificates, one of them the condition of another; a case about them is brought as far as a test needs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.cast import SHANGHAI, Cast
from tests.certificates.issuing import AT, awards, coded, give
from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.accounts.models import User
from touchstone.accounts.operations import grant_role, open_log_in
from touchstone.accounts.queries import actors_of, office
from touchstone.certificates.models import Certificate
from touchstone.certificates.operations import Award
from touchstone.policy.certificates.revocation import Cause, Verdict
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.roles import OfficeKind, Role
from touchstone.revocations import operations as acts
from touchstone.revocations.models import Revocation, RevocationRow
from touchstone.simulation.cast import PASSWORD

OPENED = datetime(2026, 4, 13, 9, tzinfo=SHANGHAI)
"""A Monday, after the certificates of 7 April."""
HEARD, SENT, DECIDED = OPENED + timedelta(days=1), datetime(2026, 4, 21, 9, tzinfo=SHANGHAI), datetime(2026, 4, 21, 15, tzinfo=SHANGHAI)
EXECUTED, OVERDUE = datetime(2026, 4, 22, 9, tzinfo=SHANGHAI), datetime(2026, 4, 29, 0, 5, tzinfo=SHANGHAI)
NAMES = ("陈一鸣", "王㛃", "李四光")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Case:
    """Certificates of body 甲 and a case about the first `count`; each method goes one step further, by the real operations."""

    cast: Cast
    cause: Cause = Cause.WRONG
    count: int = 3
    issued: list[str] = field(default_factory=list)
    number: str = ""

    def __post_init__(self) -> None:
        if not self.issued:
            coded(self.cast)
            self.issued = [one.certificate_number for one in give(self.cast, awards(self.count, names=NAMES))]

    @property
    def case(self) -> Revocation:
        return Revocation.objects.get(number=self.number)

    def row(self, n: int) -> RevocationRow:
        """Give the nth certificate of the case."""
        return RevocationRow.objects.get(case__number=self.number, certificate_number=self.issued[n])

    def certificate(self, n: int) -> Certificate:
        """Give the nth certificate as it stands now."""
        return Certificate.objects.get(number=self.issued[n])

    def resting_on(self, n: int, level: Level = Level.FOUR, serial: int = 70) -> str:
        """Issue to the same person a certificate of a higher level whose condition was the nth."""
        first = self.certificate(n)
        award = Award(f"KS9{serial:06d}", first.holder_id, first.holder_name, {}, {"earlier_certificate": first.number})
        (made,) = give(self.cast, [award], level=level, plan=f"JH2026{serial:05d}")
        assert made.certificate_number, made.sentence
        return made.certificate_number

    def opened(self, by: Actor | None = None, origin: str = "") -> "Case":
        """The clerk of the district opens it."""
        told = {"cause": self.cause, "origin": origin, "clause_words": "", "reason": "计划所列等级与备案不符。"}
        self.number = acts.open_case(**told, certificate_numbers=self.issued, by=by or self.cast.wang, at=OPENED)
        return self

    def notified(self) -> "Case":
        """Holders and the body are told."""
        acts.notify_holders(number=self.number, by=self.cast.wang, at=OPENED)
        return self

    def proposed(self, *verdicts: Verdict) -> "Case":
        """The clerk proposes; a correction puts the name right."""
        for n, verdict in enumerate(verdicts or [Verdict.REVOKE] * self.count):
            changes = {"姓名": "王洁"} if verdict is Verdict.CORRECT else {}
            told = {"number": self.number, "rows": [self.row(n).number], "verdict": verdict, "reason": "已核对", "changes": changes}
            (outcome,) = acts.propose_rows(**told, by=self.cast.wang, at=HEARD)  # type: ignore[arg-type]
            assert outcome.done, outcome.sentence
        return self

    def sent_up(self) -> "Case":
        """The days in which holders may speak are over; the proposals lie before the leader."""
        acts.send_up(number=self.number, by=self.cast.wang, at=SENT)
        return self

    def decided(self, rows: Sequence[str] = ()) -> "Case":
        """The leader of the district decides."""
        outcomes = acts.decide_rows(number=self.number, rows=rows, by=self.cast.wu, at=DECIDED)
        assert all(one.done for one in outcomes), outcomes
        return self

    def executed(self) -> "Case":
        """The leader of the body executes."""
        outcomes = acts.execute_rows(number=self.number, rows=(), by=self.cast.qian, at=EXECUTED)
        assert all(one.done for one in outcomes), outcomes
        return self

    def ordered(self, *verdicts: Verdict) -> "Case":
        """From the opening to the decision."""
        return self.opened().notified().proposed(*verdicts).sent_up().decided()


def holder(certificate: Certificate) -> Actor:
    """Give the holder of a certificate as they act, with a log-in made where they have none."""
    person = certificate.holder
    if not hasattr(person, "user"):
        open_log_in(person=person, username=f"own{person.pk}", password=PASSWORD, by=PLATFORM, at=AT)
        grant_role(person=person, office=office("CANDIDATES"), role=Role.CANDIDATE, since=date(2026, 1, 1), by=PLATFORM, at=AT)
    user = User.objects.get(person=person)
    return next(one for one in actors_of(user, OPENED.date()) if one.office_kind is OfficeKind.CANDIDATE)
