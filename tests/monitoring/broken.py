"""有问题的数据: what stands in the register after an evaluation that was in order and three things that were not, all entered by real operations."""

from datetime import date
from decimal import Decimal

from tests.cast import Cast
from tests.certificates.issuing import code_second, give
from tests.exams.stage import Stage, moment
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.operations import enter_person
from touchstone.certificates.models import Certificate
from touchstone.certificates.operations import Award
from touchstone.exams.models import Candidate, Enquiry
from touchstone.exams.operations.enquiry_answers import take_answer
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.outside import DeathAnswer, Register
from touchstone.policy.exams.parts import Part
from touchstone.simulation.identity import id_number, phone

TOO_FAST, PHONE, DEAD = "ladder.too_fast", "reused.phone", "outside.after_death"
SECOND_EXAM, SECOND_ISSUED = date(2026, 5, 20), moment(date(2026, 6, 1), 9)


def broken(cast: Cast) -> Stage:
    """Give an evaluation of body 甲 whose first candidate was given level 4 two months after level 5, whose second one had died before the exam, and
    whose first one's telephone stands with two people who got certificates of body 乙."""
    stage = Stage(cast).all_the_way()
    first, second = Certificate.objects.order_by("number")[:2]
    climbed_too_fast(cast, first)
    was_dead(second)
    shared_phone(cast)
    return stage


def climbed_too_fast(cast: Cast, certificate: Certificate) -> None:
    """The holder of a certificate gets one of level 4, on an exam two months later."""
    award = _award("JH202600009", certificate.holder_id, certificate.holder_name, 0)
    give(cast, [award], level=Level.FOUR, plan="JH202600009", at=SECOND_ISSUED)


def was_dead(certificate: Certificate) -> None:
    """The register of deaths answers, after all is over, that the holder of a certificate had died ten days before the exam."""
    candidate = Candidate.objects.get(number=certificate.candidate_number)
    asked = Enquiry.objects.get(candidate=candidate, register=Register.DEATH, superseded_at=None)
    take_answer(number=asked.number, answer=DeathAnswer(date(2026, 3, 10)), by=PLATFORM, at=SECOND_ISSUED)


def shared_phone(cast: Cast) -> None:
    """Two people with the telephone of body 甲's first candidate get certificates of body 乙."""
    code_second(cast)
    awards = []
    for n in range(2):
        number = id_number(400 + n, birthday=date(1990, 1, 1), male=False)
        person = enter_person(name=f"合用{n}", id_number=number, phone=phone(0), by=PLATFORM, at=SECOND_ISSUED)
        awards.append(_award("JH202600008", person.pk, person.name, n))
    give(cast, awards, body=cast.body_b, by=cast.shi, plan="JH202600008", at=SECOND_ISSUED)


def _award(plan: str, holder: int, name: str, n: int) -> Award:
    scores = {Part.THEORY: Decimal(80), Part.PRACTICAL: Decimal(85)}
    return Award(f"KS{plan[2:]}{n:05d}", holder, name, scores, {"plan": plan, "exam_on": SECOND_EXAM.isoformat()})
