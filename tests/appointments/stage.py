"""评聘舞台: a round of body 甲 brought, by the real operations, as far as a test needs it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from tests.cast import Cast
from tests.exams.registering import put_in_force
from tests.exams.stage import CODE, moment
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.models import Person
from touchstone.appointments import operations as acts
from touchstone.appointments.models import Appointment, Nomination, Round
from touchstone.appointments.operations import Announcement, Claim, Member, Vote
from touchstone.bodies.operations import enter_worker
from touchstone.policy.eligibility.levels import SeniorPost
from touchstone.simulation.identity import id_number

UNTIL, MEETING, AFTER = date(2026, 3, 10), date(2026, 3, 12), date(2026, 3, 13)
PANEL = (
    Member("周总工", "上海甲子重型机械有限公司", "总工程师"),
    Member("郑师傅", "上海甲子重型机械有限公司", "首席技师"),
    Member("冯主任", "上海甲子重型机械有限公司", "技能评价部主任"),
    Member("褚教授", "上海虚构大学", "教授", outsider=True),
    Member("卫高工", "上海虚构机床研究所", "正高级工程师", outsider=True),
)
OVER = moment(date(2026, 3, 23), 1)
"""The notice is over."""
WORDS = "攻克薄壁件车削变形难题，获市级技术能手，带徒6人。"


@dataclass
class Appointing:
    """A round and everything around it; each method goes one step further."""

    cast: Cast
    post: SeniorPost = SeniorPost.SPECIAL_TECHNICIAN
    posts: int = 1
    names: tuple[str, ...] = ("韩大匠", "杨巧手")
    people: list[Person] = field(default_factory=list)
    round: Round = field(init=False)

    def __post_init__(self) -> None:
        put_in_force(self.cast, level=1)
        for serial, name in enumerate(self.names):
            self.people.append(self.worker(name, 100 + serial))

    def worker(self, name: str, serial: int) -> Person:
        """Enter somebody as in post with body 甲."""
        number = id_number(serial, birthday=date(1978, 5, 1), male=True)
        given = {"form": "直接用工", "through": "", "post": "车工", "since": date(2010, 7, 1), "subsidiary": None}
        return enter_worker(body=self.cast.body_a, name=name, id_number=number, by=PLATFORM, at=self.cast.at, **given).person  # type: ignore[arg-type]

    def announcement(self, **changed: object) -> Announcement:
        """Give what is announced, with some of it changed."""
        given: dict[str, object] = {
            "post": self.post,
            "occupation_code": CODE,
            "posts": self.posts,
            "criteria": "在技术攻关、带徒传技上有突出业绩；业绩评审、现场答辩、综合评审。",
            "applications_until": UNTIL,
            "term_years": 2,
        }
        return Announcement(**(given | changed))  # type: ignore[arg-type]

    def announced(self) -> "Appointing":
        """The round is announced on 2 March 2026."""
        self.round = acts.announce_round(announced=self.announcement(), by=self.cast.sun, at=self.cast.at)
        return self

    def put_forward(self) -> "Appointing":
        """Everybody is put forward by the enterprise, with a certificate of 高级技师 of 2020 that our register does not hold."""
        for person in self.people:
            claim = Claim(WORDS, date(2020, 6, 1), "1931010100123456")
            acts.put_forward(number=self.round.number, person=person, claim=claim, by=self.cast.sun, at=self.cast.at)
        return self

    def closed(self) -> "Appointing":
        """Everybody's papers are checked and the list is closed."""
        for one in Nomination.objects.filter(round=self.round):
            acts.check_nomination(number=one.number, held=True, achievements=True, remark="核对证书和获奖证书原件", by=self.cast.sun, at=self.cast.at)
        acts.close_nominations(number=self.round.number, by=self.cast.sun, at=moment(date(2026, 3, 11), 9))
        return self._again()

    def votes(self, *counts: tuple[int, int]) -> dict[str, Vote]:
        """Give the votes by nomination in order: five to none for the first, one to four for the others, where none are named."""
        numbers = list(Nomination.objects.filter(round=self.round).order_by("id").values_list("number", flat=True))
        return {number: Vote(*(counts[n] if n < len(counts) else (5, 0) if n == 0 else (1, 4))) for n, number in enumerate(numbers)}

    def reviewed(self, *counts: tuple[int, int]) -> "Appointing":
        """The panel has judged."""
        self.review(votes=self.votes(*counts))
        return self._again()

    def review(self, **changed: object) -> Round:
        """Put the review down, with some of it changed."""
        given: dict[str, object] = {
            "number": self.round.number,
            "panel": PANEL,
            "votes": self.votes(),
            "minutes": "听取业绩汇报和现场答辩，无记名投票。",
            "reviewed_on": MEETING,
            "by": self.cast.sun,
            "at": moment(MEETING, 16),
        }
        return acts.record_review(**(given | changed))  # type: ignore[arg-type]

    def noticed(self) -> "Appointing":
        """Those chosen stand before the public from 16 to 20 March."""
        acts.publish_chosen(number=self.round.number, by=self.cast.qian, at=moment(AFTER, 9))
        return self._again()

    def confirmed(self, at: datetime = OVER) -> "Appointing":
        """The notice is over."""
        acts.confirm_round(number=self.round.number, by=PLATFORM, at=at)
        return self._again()

    def appointed(self, since: date = date(2026, 4, 1)) -> Appointment:
        """Those chosen are appointed; give the first."""
        acts.appoint_chosen(number=self.round.number, since=since, words="经研究，同意聘任。", by=self.cast.qian, at=moment(date(2026, 3, 23), 10))
        self._again()
        return Appointment.objects.select_related("person", "body").get(nomination__round=self.round, person=self.people[0])

    def all_the_way(self) -> Appointment:
        """From the announcement to the appointment of the first."""
        return self.announced().put_forward().closed().reviewed().noticed().confirmed().appointed()

    def _again(self) -> "Appointing":
        self.round = Round.objects.select_related("body__office").get(pk=self.round.pk)
        return self
