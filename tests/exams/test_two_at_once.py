"""同时办理测试: two people at once, and every row still counts once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from tests.cast import Cast, set_up
from tests.exams.registering import entry, put_in_force, row, terms, workbook
from touchstone.accounts.actor import PLATFORM
from touchstone.exams.models import Candidate, Plan, Upload
from touchstone.exams.operations.plan_report import report_plan
from touchstone.exams.operations.plans import draft_plan
from touchstone.exams.operations.registration import register_candidate
from touchstone.exams.operations.registration_import import process_upload
from touchstone.exams.operations.registration_upload import receive_upload
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Give the cast in a database where others see what was committed."""
    return set_up()


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """Give a plan open for registration."""
    drafted = draft_plan(scope_item_id=put_in_force(cast, level=4).pk, terms=terms(quota=1200), by=cast.sun, at=cast.at)
    report_plan(number=drafted.number, by=cast.sun, at=cast.at)
    return Plan.objects.select_related("body", "occupation", "trade").get(pk=drafted.pk)


def together(*jobs: Callable[[], object]) -> list[object]:
    """Do things at the same moment, each on a connection of its own, and give what each came to."""
    start = Barrier(len(jobs))

    def one(job: Callable[[], object]) -> object:
        try:
            start.wait(timeout=20)
            return job()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(one, jobs))


def test_of_two_workbooks_at_once_one_is_taken(cast: Cast, plan: Plan) -> None:
    def send(serial: int) -> Callable[[], object]:
        content, by = workbook(plan, [row(serial)]), cast.sun
        return lambda: receive_upload(
            plan_number=plan.number, name="报名表.xlsx", content=content, ground="own_staff", employment="直接用工", by=by, at=cast.at
        )

    outcomes = together(send(1), send(2), send(3))
    assert sum(isinstance(one, Upload) for one in outcomes) == 1
    refusals = [one for one in outcomes if isinstance(one, Refusal)]
    assert len(refusals) == 2
    assert all("一次只处理一份" in refusal.sentence for refusal in refusals)
    assert Upload.objects.count() == 1


def test_two_workers_on_one_workbook_count_every_row_once(cast: Cast, plan: Plan) -> None:
    content = workbook(plan, [row(serial) for serial in range(1100)])
    upload = receive_upload(
        plan_number=plan.number, name="报名表.xlsx", content=content, ground="own_staff", employment="直接用工", by=cast.sun, at=cast.at
    )

    def process() -> object:
        return process_upload(number=upload.number, by=PLATFORM, at=cast.at)

    together(process, process)
    process()
    upload.refresh_from_db()
    assert (upload.state, upload.accepted, Candidate.objects.count()) == ("finished", 1100, 1100)
    assert Entry.objects.filter(event="upload.rows_taken").count() == 3
    assert Entry.objects.filter(event="upload.finished").count() == 1


def test_the_last_place_goes_to_one(cast: Cast, plan: Plan) -> None:
    Plan.objects.filter(pk=plan.pk).update(quota=1)
    by = cast.sun
    outcomes = together(*(lambda n=n: register_candidate(plan_number=plan.number, entry=entry(n), by=by, at=cast.at) for n in (1, 2)))
    assert sorted(type(one).__name__ for one in outcomes) == ["Candidate", "Refusal"]
    assert Candidate.objects.count() == 1
