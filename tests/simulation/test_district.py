"""区级规模测试: does history that was loaded at once hold together as if it had been done piece by piece?"""

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F

from tests.simulation.cities import FIFTIETH, TODAY
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.models import Person
from touchstone.accounts.people import opened_id_number
from touchstone.bodies.models import Body
from touchstone.certificates.models import Certificate
from touchstone.certificates.queries import by_name_and_number
from touchstone.exams.models import Candidate, Plan, ScoreEntry, Seat, Sitting
from touchstone.exams.operations.history import load_history
from touchstone.exams.states import PlanState, Result
from touchstone.kernel.numbers import parse_certificate_number, parse_id_number, parse_uscc
from touchstone.ledger.models import Entry, Series
from touchstone.policy.certificates.numbering import number_matches, prefix_of
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import PASS_MARK
from touchstone.policy.roles import BodyKind
from touchstone.simulation import city
from touchstone.simulation.identity import UNASSIGNED_PLACES


@pytest.fixture(scope="module")
def grown(django_db_setup, django_db_blocker):
    """Grow a fiftieth of a district once, and take it away again after the last test of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        city.grow(scale="district", seed=3, at=TODAY, sizes=FIFTIETH)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # foreign keys are checked here, not at a commit that never comes
        yield
        transaction.set_rollback(True)
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(autouse=True)
def _open(grown, django_db_blocker):
    """Let each test read the city, and undo what it does."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_it_has_the_size_that_was_asked_for() -> None:
    small_plans = 8
    assert Body.objects.count() == FIFTIETH["bodies"]
    assert {kind for kind, in Body.objects.values_list("kind").distinct()} == {kind.value for kind in BodyKind}
    assert Plan.objects.count() == FIFTIETH["plans"] + small_plans
    assert Candidate.objects.count() > FIFTIETH["candidates"]
    assert Certificate.objects.count() > FIFTIETH["candidates"] * 0.6


def test_identity_numbers_are_right_and_belong_to_nobody() -> None:
    for person in Person.objects.all():
        number = parse_id_number(opened_id_number(person))
        assert number.district_code in UNASSIGNED_PLACES, "行政区划代码必须从未使用"
        assert (number.birthday, number.sex) == (person.birthday, person.sex)


def test_credit_codes_are_right_and_belong_to_nobody() -> None:
    for code in Body.objects.values_list("uscc", flat=True):
        assert parse_uscc(code)[2:8] in UNASSIGNED_PLACES


def test_every_certificate_number_fits_what_it_stands_on() -> None:
    for one in Certificate.objects.select_related("body"):
        prefix = prefix_of(BodyKind(one.body.kind), one.body.site_code or "", one.issued_on)
        found = number_matches(parse_certificate_number(one.number), prefix=prefix, issued_on=one.issued_on, level=Level(int(one.level)))
        assert all(finding.outcome == "met" for finding in found), (one.number, found)


def test_serials_run_without_gaps_and_later_numbers_follow() -> None:
    last = dict(Series.objects.filter(name__startswith="certificate-").values_list("name", "last"))
    counted = Counter(f"certificate-{number[:16]}" for number in Certificate.objects.values_list("number", flat=True))
    assert counted == last
    plans = Counter(f"plan-{number[2:6]}" for number in Plan.objects.values_list("number", flat=True))
    assert plans == dict(Series.objects.filter(name__startswith="plan-").values_list("name", "last"))


def test_certificates_rest_on_those_who_passed_in_a_filed_evaluation() -> None:
    by_number = {one.number: one for one in Candidate.objects.select_related("plan__scope_item__filing", "plan__body")}
    for certificate in Certificate.objects.all():
        candidate = by_number[certificate.candidate_number]
        plan = candidate.plan
        assert candidate.result == Result.PASSED and plan.state == PlanState.CERTIFIED
        assert (candidate.person_id, plan.number, plan.body_id) == (certificate.holder_id, certificate.plan_number, certificate.body_id)
        assert plan.scope_item.filing.number == certificate.basis["filing"]
        assert plan.scope_item.since and plan.scope_item.until
        assert plan.scope_item.since <= plan.exam_on < plan.scope_item.until
        assert plan.exam_on < certificate.issued_on <= TODAY.date()
    passed = Candidate.objects.filter(result=Result.PASSED, plan__state=PlanState.CERTIFIED).count()
    assert passed == Certificate.objects.count(), "合格的每人一本"


def test_any_certificate_verifies() -> None:
    for one in Certificate.objects.order_by("?")[:20]:
        assert by_name_and_number(one.holder_name, one.number) == one


def test_everyone_sits_in_a_room_of_the_filed_venue_that_serves_the_part() -> None:
    wrong = Sitting.objects.exclude(room__venue_id=F("plan__venue_id"), room__purpose=F("part"))
    assert not wrong.exists()
    assert not Seat.objects.exclude(sitting__plan_id=F("candidate__plan_id")).exists(), "座位与考生属于同一计划"
    assert not Seat.objects.filter(seat_number__gt=F("sitting__room__seats")).exists(), "座位号不超过考场座位数"
    assert not Seat.objects.exclude(candidate__state="eligible").exists(), "只有符合条件的考生编排座位"


def test_nobody_is_in_two_places_at_once() -> None:
    times: dict[tuple[str, Any], list[tuple[Any, Any]]] = {}
    for sitting in Sitting.objects.all():
        span = (sitting.starts_at, sitting.ends_at)
        times.setdefault(("考场", sitting.room_id), []).append(span)
        times.setdefault(("督导", sitting.supervisor_id), []).append(span)
        for person in sitting.invigilators:
            times.setdefault(("人员", person["number"]), []).append(span)
    for candidate, starts_at, ends_at in Seat.objects.values_list("candidate_id", "sitting__starts_at", "sitting__ends_at"):
        times.setdefault(("考生", candidate), []).append((starts_at, ends_at))
    for who, spans in times.items():
        spans.sort()
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans)), f"{who}同一时间有两处安排"


def test_every_entrant_has_one_seat_and_one_score_in_each_part() -> None:
    examined = Candidate.objects.exclude(result="").annotate(held=Count("seats", distinct=True), marked=Count("scores", distinct=True))
    for level, result, held, marked in examined.values_list("plan__level", "result", "held", "marked"):
        parts = 3 if level <= 2 else 2
        assert held == parts
        assert marked == (0 if result == Result.ABSENT else parts)


def test_results_are_what_the_scores_say() -> None:
    needed = PASS_MARK.on(TODAY.date()).value
    failing = set(ScoreEntry.objects.filter(value__lt=needed).values_list("candidate_id", flat=True))
    failed = set(Candidate.objects.filter(result=Result.FAILED).values_list("pk", flat=True))
    assert failing == failed and failed


def test_decisions_carry_findings_with_clauses() -> None:
    for one in Candidate.objects.exclude(state="registered"):
        assert one.findings and all(finding["clause"] for finding in one.findings), one.number
        assert bool(one.satisfied_condition) or one.state != "eligible"


def test_one_ledger_line_stands_for_each_chunk() -> None:
    lines = {line.subject: line.detail for line in Entry.objects.filter(event="history.loaded", subject="exams_candidate")}
    assert lines["exams_candidate"]["rows"] == FIFTIETH["candidates"]
    assert len(lines["exams_candidate"]["sha256"]) == 64


def test_the_database_refuses_history_as_it_refuses_anything_else() -> None:
    seat = Seat.objects.values("sitting_id", "candidate_id", "seat_number")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        load_history("seats", [seat], by=PLATFORM, at=TODAY)
