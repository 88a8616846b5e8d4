"""登记核查: what do the body's registers hold about the people of one registration, and which places of a commission are taken?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from touchstone.bodies import queries as bodies
from touchstone.bodies.operations import hold_commissions
from touchstone.exams.facts.registers import Held
from touchstone.exams.models import Candidate, Plan
from touchstone.exams.queries.registration import NO_PLACE, people_admitted
from touchstone.files.queries import cases_with_files
from touchstone.filings.queries import scope_in_force
from touchstone.policy.eligibility.admission import Ground

if TYPE_CHECKING:
    from touchstone.bodies.models import Agreement, Apprenticeship, Commission, Student, Subsidiary, Worker

@dataclass
class Lookup:
    """The registers for one chunk of people; `taken` holds, by commission, who takes a place of it."""

    workers: Mapping[int, list["Worker"]]
    students: Mapping[int, list["Student"]]
    keeps_staff: bool
    subsidiaries: Sequence["Subsidiary"] = ()
    agreements: Sequence["Agreement"] = ()
    commissions: Sequence["Commission"] = ()
    evidenced: frozenset[str] = frozenset()
    filed_clients: frozenset[str] = frozenset()
    taken: dict[str, set[int]] = field(default_factory=dict)
    apprenticeships: Mapping[int, "Apprenticeship"] = field(default_factory=dict)

    def of(self, person_id: int) -> Held:
        """This method will give what is held about one person, others' places counted."""
        return Held(
            workers=self.workers.get(person_id, ()),
            keeps_staff=self.keeps_staff,
            subsidiaries=self.subsidiaries,
            students=self.students.get(person_id, ()),
            agreements=self.agreements,
            commissions=self.commissions,
            used={number: len(people - {person_id}) for number, people in self.taken.items()},
            filed_clients=self.filed_clients,
            evidenced=self.evidenced,
            apprenticeship=self.apprenticeships.get(person_id),
        )

    def take(self, candidate: Candidate) -> None:
        """This method will note that a candidate just decided about takes a place."""
        if candidate.admitted_by and candidate.state not in NO_PLACE:
            self.taken.setdefault(candidate.admitted_by, set()).add(candidate.person_id)


def look_up(plan: Plan, people: Sequence[int], grounds: Iterable[str], day: date) -> Lookup:
    """This function will read the registers for these people, in a fixed number of queries.

    Where anybody comes by commission, the body's commissions are held until the transaction ends.
    """
    body, named = plan.body, set(grounds)
    found = Lookup(
        bodies.workers_by_person(body, people) if Ground.OWN_STAFF in named else {},
        bodies.students_by_person(body, people) if named & {Ground.OWN_STUDENT, Ground.STUDENT_BY_AGREEMENT} else {},
        Ground.OWN_STAFF in named and bodies.keeps_staff_register(body, day),
        list(bodies.subsidiaries_of(body)) if Ground.OWN_STAFF in named else (),
        list(bodies.agreements_of(body)) if Ground.STUDENT_BY_AGREEMENT in named else (),
        hold_commissions(body) if Ground.COMMISSIONED in named else (),
    )
    if plan.is_for_apprentices:
        found.apprenticeships = bodies.apprenticeships_by_person(body, people)
    numbers = [row.number for rows in found.workers.values() for row in rows]
    numbers += [one.number for one in found.subsidiaries]
    numbers += [one.number for one in found.agreements]
    numbers += [one.number for one in found.commissions]
    numbers += [one.number for one in found.apprenticeships.values()]
    found.evidenced = cases_with_files(numbers) if numbers else frozenset()
    if found.commissions:
        clients = [one.client_uscc for one in found.commissions]
        lines = scope_in_force(day).filter(filing__body__uscc__in=clients, occupation__code=plan.occupation.code)
        found.filed_clients = frozenset(lines.order_by().values_list("filing__body__uscc", flat=True))
        found.taken = people_admitted(one.number for one in found.commissions)
    return found

