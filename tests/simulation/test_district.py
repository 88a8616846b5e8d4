"""大城市测试: does history that was loaded share by share, and broken off once, hold together as if it had been done piece by piece?"""

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import lists
from bench.pages import cookie_of
from tests.simulation.cities import FIFTIETH, TODAY
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.models import Person
from touchstone.accounts.people import opened_id_number
from touchstone.bodies.models import Body
from touchstone.certificates.models import Certificate
from touchstone.certificates.queries import by_name_and_number
from touchstone.exams.models import Archive, Candidate, Plan, ScoreEntry, Seat, SignIn, Sitting
from touchstone.exams.operations.history import load_history
from touchstone.exams.states import PlanState, Result
from touchstone.kernel.numbers import parse_certificate_number, parse_id_number, parse_uscc
from touchstone.ledger.models import Entry, Series
from touchstone.notices.models import Cursor, Message
from touchstone.policy.certificates.numbering import number_matches, prefix_of
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import PASS_MARK
from touchstone.policy.roles import BodyKind
from touchstone.simulation import city
from touchstone.simulation.crowd import Crowd
from touchstone.simulation.history.shares import SHARES, left_to_fill
from touchstone.simulation.identity import HISTORY_PLACE, UNASSIGNED_PLACES, Registry
from touchstone.tasks.models import Task

# Each test undoes what it does; the city itself is taken away at the end.
pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.usefixtures("grown")]


@pytest.fixture(scope="module")
def grown(django_db_setup, django_db_blocker):
    """Grow a city of a fiftieth of a district's size once, break off, go on, and take it away again after the last test of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.raises(KeyboardInterrupt):
            city.grow(scale="city", seed=3, at=TODAY, sizes=FIFTIETH, progress=_break_off)
        assert 0 < len(left_to_fill()) < SHARES and not Entry.objects.filter(event=city.GROWN).exists()
        assert not city.grow(scale="city", seed=3, at=TODAY + timedelta(days=1)).already
        assert not left_to_fill()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # foreign keys are checked here, not at a commit that never comes
        yield
        transaction.set_rollback(True)
    with django_db_blocker.unblock():
        connection.close()


def _break_off(done: int, of: int, people: int) -> None:
    raise KeyboardInterrupt


def test_it_has_the_size_that_was_asked_for() -> None:
    small_plans = 11
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
    for one in Certificate.objects.filter(level__in="12345").select_related("body"):
        prefix = prefix_of(BodyKind(one.body.kind), one.body.site_code or "", one.issued_on)
        found = number_matches(parse_certificate_number(one.number), prefix=prefix, issued_on=one.issued_on, level=Level(int(one.level)))
        assert all(finding.outcome == "met" for finding in found), (one.number, found)


def test_serials_run_without_gaps_and_later_numbers_follow() -> None:
    last = dict(Series.objects.filter(name__regex="^certificate-[YS]").values_list("name", "last"))
    counted = Counter(f"certificate-{number[:16]}" for number in Certificate.objects.values_list("number", flat=True))
    assert counted == last
    plans = Counter(f"plan-{number[2:6]}" for number in Plan.objects.values_list("number", flat=True))
    assert plans == dict(Series.objects.filter(name__startswith="plan-").values_list("name", "last"))


def test_certificates_rest_on_those_who_passed_in_a_filed_evaluation() -> None:
    by_number = {one.number: one for one in Candidate.objects.select_related("plan__scope_item__filing", "plan__body")}
    of_plans = Certificate.objects.filter(candidate_number__startswith="KS")  # a post rests on an appointment
    for certificate in of_plans:
        candidate = by_number[certificate.candidate_number]
        plan = candidate.plan
        assert candidate.result == Result.PASSED and plan.state == PlanState.CERTIFIED
        assert (candidate.person_id, plan.number, plan.body_id) == (certificate.holder_id, certificate.plan_number, certificate.body_id)
        assert plan.scope_item.filing.number == certificate.basis["filing"]
        assert plan.scope_item.since and plan.scope_item.until
        assert plan.scope_item.since <= plan.exam_on < plan.scope_item.until
        assert plan.exam_on < certificate.issued_on <= TODAY.date()
    passed = Candidate.objects.filter(result=Result.PASSED, plan__state=PlanState.CERTIFIED).count()
    assert passed == of_plans.values("candidate_number").distinct().count(), "合格的每人一本，更正后的另发一本"


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
    told = list(Entry.objects.filter(event="history.loaded", subject="exams_candidate").values_list("detail", flat=True))
    assert sum(one["rows"] for one in told) == FIFTIETH["candidates"]
    assert all(len(one["sha256"]) == 64 for one in told)


def test_every_step_of_an_evaluation_has_its_line() -> None:
    lines = Counter(Entry.objects.values_list("event", flat=True))
    assert lines["candidate.registered"] == Candidate.objects.filter(entered_oneself=False).count()
    assert lines["certificate.issued"] == Certificate.objects.count()
    issued = Entry.objects.filter(event="certificates.issued", subject__startswith="JH").count()
    assert lines["plan.certified"] == issued == Plan.objects.filter(state=PlanState.CERTIFIED).count()
    assert lines["sitting.closed"] == Sitting.objects.filter(closed_at__isnull=False).count()
    assert SignIn.objects.filter(replaced_at__isnull=True).count() == Seat.objects.filter(present__isnull=False).count()
    assert not SignIn.objects.exclude(present=F("seat__present")).exists()
    late = Entry.objects.filter(at__gt=TODAY).values_list("event", "subject")
    assert not late, f"城市里没有未来的事: {list(late)}"


def test_no_rule_was_broken_on_the_way() -> None:
    kept = {"plan.reported", "plan.seated", "plan.arranged", "sitting.opened", "results.concluded", "results.announced", "plan.certified"}
    for event, detail in Entry.objects.filter(event__in=kept).values_list("event", "detail"):
        assert all(finding["outcome"] == "met" for finding in detail["findings"]), (event, detail)


def test_what_is_owed_is_what_the_state_asks_for() -> None:
    owed = {
        PlanState.REPORTED: {"close_review"},
        PlanState.REVIEWED: {"arrange"},
        PlanState.ARRANGED: {"close_sittings"},
        PlanState.HELD: {"enter_scores"},
        PlanState.CONFIRMED: {"issue_certificates"},
    }
    of_plans: dict[str, set[str]] = {}
    for case, matter in Task.objects.open().values_list("case", "matter"):
        of_plans.setdefault(case, set()).add(matter)
    for plan in Plan.objects.all():
        found = of_plans.get(plan.number, set()) - {"sign_for_plan", "decide_exception"}
        assert found == owed.get(PlanState(plan.state), set()), (plan.number, plan.state)
    assert Archive.objects.count() == Plan.objects.filter(state=PlanState.CERTIFIED).count(), "发了证的都建了档"


def test_a_share_is_the_same_whenever_it_is_filled() -> None:
    """Plans are drawn and numbered beforehand, people by a chance of the share's own: nothing hangs on what other processes do."""
    seen = []
    for _ in range(2):
        with transaction.atomic():
            random = Random("3|share|7")
            crowd = Crowd(random, registry=Registry(random, place=HISTORY_PLACE, serials=range(35, 40)))
            seen.append([crowd.applies(4, TODAY.date()) for _ in range(50)])
    assert seen[0] == seen[1]
    other = Crowd(random, registry=Registry(random, place=HISTORY_PLACE, serials=range(40, 45)))
    numbers = {someone.id_number for someone, _ in seen[0]}
    assert not numbers & {other.applies(4, TODAY.date())[0].id_number for _ in range(500)}


def test_pages_of_everybody_ask_as_often_for_many_rows_as_for_few() -> None:
    """公众、主管部门、机构、考生、考评和运维人员的名单、查询和单页都打得开，查询次数不随行数增加。"""
    client = Client()
    for one in lists.series():
        if one.who == lists.BESIDE:
            continue
        client.cookies.clear()
        if one.username:
            client.cookies[settings.SESSION_COOKIE_NAME] = cookie_of(one.username).partition("=")[2]
        for path in one.paths[:3]:
            address = lists.quoted(path + ("&" if "?" in path else "?") + "per_page=")
            asked = []
            for size in ("10", "10", "100"):
                with CaptureQueriesContext(connection) as queries:
                    assert client.get(address + size).status_code == 200, address
                asked.append(len(queries))
            assert asked[1] == asked[2] <= 40, (address, asked)


def test_messages_are_loaded_and_no_reader_goes_through_the_past() -> None:
    signed = Entry.objects.filter(event="plan.signed_for", subject__in=Plan.objects.values("number")).count()
    assert signed and Message.objects.filter(entry__event="plan.signed_for").exists()
    assert Cursor.objects.get(reader="messages").entry_id >= Entry.objects.filter(event="city.grown").get().pk


def test_the_database_refuses_history_as_it_refuses_anything_else() -> None:
    seat = Seat.objects.values("sitting_id", "candidate_id", "seat_number")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        load_history("seats", [seat], by=PLATFORM, at=TODAY)
