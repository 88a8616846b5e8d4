"""考务舞台: a plan of body 甲 brought, by the real operations, as far as a test needs it.

Only the filing is put down as it would stand after acceptance; how it comes about is told in tests/filings.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from tests.cast import SHANGHAI, Cast, set_up_again
from tests.kept import kept
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.people import Identity
from touchstone.bodies.operations import add_room, add_staff, assign_site_code, open_venue
from touchstone.bodies.queries import staff_of
from touchstone.catalogue.queries import occupation, standards_on
from touchstone.exams.facts.claims import ProofKind
from touchstone.exams.models import Candidate, Plan, Sitting
from touchstone.exams.operations.arrangement import SittingTerms, add_sitting
from touchstone.exams.operations.arranging import arrange
from touchstone.exams.operations.attendance import close_sittings, note_attendance
from touchstone.exams.operations.day import close_sitting, open_sitting
from touchstone.exams.operations.eligibility_evidence import check_evidence
from touchstone.exams.operations.eligibility_review import close_review
from touchstone.exams.operations.issuing import issue_certificates
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import PlanTerms, draft_plan
from touchstone.exams.operations.registration import register_candidate
from touchstone.exams.operations.registration_entry import Entry
from touchstone.exams.operations.results import announce_results, conclude, confirm_results
from touchstone.exams.operations.score_review import Seen, draw_review, look_again
from touchstone.exams.operations.scores import ScoreLine, enter_scores
from touchstone.exams.operations.seating import assign_seats
from touchstone.exams.queries.score_book import review_rows, standing_review
from touchstone.exams.states import Part
from touchstone.filings.models import Filing, ScopeItem
from touchstone.simulation.identity import id_number, phone

EXAM_ON = date(2026, 3, 20)
CODE = "6-18-01-01"
NAMES = ("陈一鸣", "阿依古丽·买买提", "王㛃", "李四光", "赵子龙", "欧阳春晓")


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """Give a moment in Shanghai."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


@dataclass
class Stage:
    """A plan and everything around it; each method goes one step further."""

    cast: Cast
    seats: int = 30
    level: int = 5
    people: int = 3
    site_code: str = "300001"
    serial: int = 0
    filing: str = "BA2026000001"
    plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        at, body = self.cast.at, self.cast.body_a
        self._staff(at)
        venue = body.venues.first() or self._venue(at)
        if self.site_code and not body.site_code:
            assign_site_code(body=body, code=self.site_code, by=self.cast.xu, at=at)
            body.refresh_from_db()
        trade_of = occupation(CODE, at.date())
        assert trade_of is not None
        standard = standards_on(trade_of, None, self.level, at.date()).first()
        assert standard is not None
        filing, _ = Filing.objects.get_or_create(
            number=self.filing,
            defaults={
                "body": body,
                "route": "C2",
                "state": "accepted",
                "begun_at": at,
                "saved_at": at,
                "decided_at": at,
                "in_force_from": date(2026, 2, 2),
                "until": date(2029, 2, 2),
            },
        )
        item, _ = ScopeItem.objects.get_or_create(
            filing=filing,
            occupation=trade_of,
            level=self.level,
            venue=venue,
            defaults={
                "standard": standard,
                "since": filing.in_force_from,
                "until": filing.until,
            },
        )
        terms = PlanTerms(EXAM_ON, date(2026, 3, 9), max(self.people, 1) + 5, "孙景明 021-00000000")
        self.plan = draft_plan(scope_item_id=item.pk, terms=terms, by=self.cast.sun, at=at)

    def _venue(self, at: datetime):
        lin, venue = self.cast.lin, None
        venue = open_venue(
            body=self.cast.body_a, name="实训中心", address="虚构路100号", district="310115", tenure="owned", leased_until=None, by=lin, at=at
        )
        for name, purpose in (("理论一室", "theory"), ("理论二室", "theory"), ("车工车间", "practical"), ("评审室", "panel")):
            add_room(venue_number=venue.number, name=name, purpose=purpose, seats=self.seats, cameras=2, equipment="", by=lin, at=at)
        return venue

    def _staff(self, at: datetime) -> None:
        if self.cast.body_a.staff.exists():
            return
        who = [("invigilator", f"监考{n}") for n in "甲乙丙丁"] + [("assessor", f"考评{n}") for n in "甲乙丙丁戊己"]
        who.append(("internal_supervisor", "督导甲"))
        for serial, (duty, name) in enumerate(who):
            number = id_number(serial, birthday=date(1980, 6, 1), male=True)
            assessor = duty == "assessor"
            add_staff(
                body=self.cast.body_a,
                name=name,
                id_number=number,
                duty=duty,
                post="",
                full_time=True,
                occupation=occupation(CODE, at.date()) if assessor else None,
                highest_level=1 if assessor else None,
                qualification="KP-0001" if assessor else "",
                by=self.cast.lin,
                at=at,
            )

    def staff(self, duty: str) -> list[int]:
        """Give the keys of those who serve in a duty."""
        return [member.pk for member in staff_of(self.cast.body_a, EXAM_ON) if member.duty == duty]

    def reviewed(self) -> "Stage":
        """The plan is reported, everyone registered and found eligible, the review closed."""
        at, sun = self.cast.at, self.cast.sun
        report_plan(number=self.plan.number, by=sun, at=at)
        for n in range(self.people):
            self._candidate(n)
        close_review(number=self.plan.number, by=sun, at=at)
        return self._again()

    def _candidate(self, n: int) -> Candidate:
        name = NAMES[n % len(NAMES)] if n < len(NAMES) else f"考生{n}"
        born = date(1995, 1, 1) + timedelta(days=n // 500 + self.serial)
        identity = Identity(name=name, id_number=id_number(n % 500, birthday=born, male=True), phone=phone(n))
        condition = {5: "5-2", 4: "4-1", 3: "3-1", 2: "2-1"}[self.level]
        claims = {"years_in_field": "12", "education": "高中", "major": "无", "certificate": None}
        entry = Entry(identity, "own_staff", "直接用工", self.cast.body_a.name, condition, claims)
        at, sun = self.cast.at, self.cast.sun
        made = register_candidate(plan_number=self.plan.number, entry=entry, by=sun, at=at)
        earlier = {"level": 3, "issued_on": "2015-06-01", "relation": "same", "number": ""}
        proofs: list[tuple[ProofKind, dict[str, Any]]] = [(ProofKind.CERTIFICATE, earlier)] if self.level == 2 else []
        proofs += [(ProofKind.EMPLOYMENT, {}), (ProofKind.WORK, {"periods": [{"since": "2012-01-01", "relation": "same"}]})]
        for kind, facts in proofs:
            made.refresh_from_db()
            if made.state != "eligible":
                made = check_evidence(number=made.number, kind=kind, facts=facts, remark="已核劳动合同", by=sun, at=at)
        assert made.state == "eligible", made.findings
        return made

    def with_sittings(self) -> "Stage":
        """One sitting of theory at nine and one of each other part in the afternoon, with their people."""
        for part, room, hours, duty, count in (
            (Part.THEORY, "theory", (9, 11), "invigilator", 2),
            (Part.PRACTICAL, "practical", (13, 15), "assessor", 3),
        ):
            terms = SittingTerms(
                part,
                self.plan.venue.rooms.filter(purpose=room).order_by("pk")[0].pk,
                moment(EXAM_ON, hours[0]),
                moment(EXAM_ON, hours[1]),
                self.staff(duty)[:count],
                self.staff("internal_supervisor")[0],
            )
            add_sitting(plan_number=self.plan.number, terms=terms, by=self.cast.sun, at=self.cast.at)
        return self._again()

    def arranged(self) -> "Stage":
        """Seats are given and the arrangement is settled."""
        assign_seats(plan_number=self.plan.number, by=self.cast.sun, at=self.cast.at, seed="种子")
        arrange(plan_number=self.plan.number, by=self.cast.sun, at=self.cast.at)
        return self._again()

    def opened(self) -> "Stage":
        """Every sitting is opened half an hour before it starts: the planner lets the internal supervisor in."""
        for sitting in self.sittings():
            before = sitting.starts_at - timedelta(minutes=30)
            open_sitting(sitting_number=sitting.number, identity="id_card", by=self.cast.sun, at=before)
        return self._again()

    def held(self, absent: int = 0) -> "Stage":
        """Everyone came but the last `absent` by ticket; the sittings are closed."""
        return self.opened().held_open(absent)

    def held_open(self, absent: int = 0) -> "Stage":
        """The same where the sittings are opened already."""
        tickets = self.tickets()
        for sitting in self.sittings():
            marks = {ticket: n < len(tickets) - absent for n, ticket in enumerate(tickets)}
            note_attendance(sitting_number=sitting.number, marks=marks, by=self.cast.sun, at=sitting.ends_at)
            close_sitting(sitting_number=sitting.number, by=self.cast.sun, at=sitting.ends_at)
        close_sittings(plan_number=self.plan.number, by=self.cast.sun, at=moment(EXAM_ON, 17))
        return self._again()

    def scored(self, *marks: tuple[str, str], look: bool = True) -> "Stage":
        """Theory and practical of each present candidate by order of ticket; 80 and 85 where none is given. Then concluded, and (`look`) reviewed."""
        lines = []
        for n, ticket in enumerate(self.present_tickets()):
            theory, practical = marks[n] if n < len(marks) else ("80", "85")
            lines.append(ScoreLine(ticket, {Part.THEORY: Decimal(theory), Part.PRACTICAL: Decimal(practical)}))
        results = enter_scores(plan_number=self.plan.number, lines=lines, by=self.cast.sun, at=moment(date(2026, 3, 23), 10))
        assert all(one.done for one in results), results
        conclude(plan_number=self.plan.number, by=self.cast.sun, at=moment(date(2026, 3, 23), 11))
        return self.checked() if look else self._again()

    def checked(self, day: date = date(2026, 3, 23)) -> "Stage":
        """Scores are drawn, and 林, who entered none, reads on every drawn paper what stands in the book."""
        review = draw_review(plan_number=self.plan.number, secret=b"\7" * 32, by=self.cast.sun, at=moment(day, 13))
        seen = [Seen(one.entry.candidate.ticket_number or "", Part(one.entry.part), one.entry.value) for one in review_rows(review)]
        found = look_again(plan_number=self.plan.number, lines=seen, by=self.cast.lin, at=moment(day, 14))
        assert all(one.done for one in found), found
        return self._again()

    def announced(self) -> "Stage":
        """The results stand before the public from 25 March (a Wednesday) to 31 March 2026; what was drawn is looked at before, where nobody has."""
        if standing_review(self.plan) is None:
            self.checked()
        announce_results(plan_number=self.plan.number, by=self.cast.qian, at=moment(date(2026, 3, 24), 9))
        return self._again()

    def confirmed(self) -> "Stage":
        """The notice is over."""
        return self.confirmed_on(moment(date(2026, 4, 1), 0, 1))

    def confirmed_on(self, at: datetime) -> "Stage":
        """The notice is over at this moment."""
        confirm_results(plan_number=self.plan.number, by=PLATFORM, at=at)
        return self._again()

    def certified(self) -> "Stage":
        """Certificates are issued."""
        issue_certificates(plan_number=self.plan.number, by=self.cast.qian, at=moment(date(2026, 4, 7), 9))
        return self._again()

    def all_the_way(self, *marks: tuple[str, str]) -> "Stage":
        """From the report to the certificates."""
        return self.reviewed().with_sittings().arranged().held().scored(*marks).announced().confirmed().certified()

    def sittings(self) -> list[Sitting]:
        """Give the sittings in order of time."""
        return list(Sitting.objects.filter(plan=self.plan).order_by("starts_at"))

    def tickets(self) -> list[str]:
        """Give the ticket numbers in order."""
        found = Candidate.objects.filter(plan=self.plan, ticket_number__isnull=False).order_by("ticket_number")
        return [ticket or "" for ticket in found.values_list("ticket_number", flat=True)]

    def present_tickets(self) -> list[str]:
        """Give the tickets of those who came to the first sitting, in order."""
        seats = self.sittings()[0].seats.filter(present=True).order_by("candidate__ticket_number")
        return [ticket or "" for ticket in seats.values_list("candidate__ticket_number", flat=True)]

    def candidate(self, ticket: str) -> str:
        """Give the number of who has a ticket."""
        return Candidate.objects.get(ticket_number=ticket).number

    def _again(self) -> "Stage":
        self.plan.refresh_from_db()
        return self


S = TypeVar("S", bound=Stage)


def stage_of(plan: int, cast: Cast, people: int = 3, kind: type[S] = Stage) -> S:  # type: ignore[assignment]
    """Give the stage of a plan that lies in the database already, as far as it was brought; nothing is built."""
    stage = kind.__new__(kind)
    stage.cast, stage.people = cast, people
    stage.plan = Plan.objects.select_related("body", "venue").get(pk=plan)
    stage.level = stage.plan.level
    return stage


def stage_again(key: Hashable, build: Callable[[], Stage], people: int = 3) -> Stage:
    """Give the stage that `build` brought somewhere; built once."""
    (plan,) = kept(key, lambda: (build().plan.pk,))
    return stage_of(plan, set_up_again(), people)
