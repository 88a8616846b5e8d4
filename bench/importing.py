"""整表导入: rows per second from a workbook on disk to candidates decided about, with the returned workbook."""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

ROWS, REPEATS = 10_000, 3


def run(repeats: int = REPEATS) -> list[float]:
    """Import a fresh workbook of 10,000 people into a fresh plan of body 丙, several times; the seconds of each."""
    return [_once(turn) for turn in range(repeats)]


def _once(turn: int) -> float:
    from datetime import timedelta

    from django.utils import timezone

    from touchstone.accounts.actor import PLATFORM
    from touchstone.bodies.queries import own_body
    from touchstone.exams.operations.plan_report import report_plan
    from touchstone.exams.operations.plans import PlanTerms, draft_plan
    from touchstone.exams.operations.registration_import import process_upload
    from touchstone.exams.operations.registration_upload import receive_upload
    from touchstone.filings.queries import scope_in_force
    from touchstone.simulation.cast import actor_of

    at = timezone.localtime()
    planner = actor_of("ren", at.date())
    item = scope_in_force(at.date(), own_body(planner)).filter(level=4)[0]
    terms = PlanTerms(at.date() + timedelta(days=60 + turn), at.date() + timedelta(days=20), ROWS, "任可欣 021-00000000")
    number = draft_plan(scope_item_id=item.pk, terms=terms, by=planner, at=at).number
    report_plan(number=number, by=planner, at=at)
    content = _workbook(number, planner.office_name, turn)
    started = perf_counter()
    upload = receive_upload(
        plan_number=number, name="报名表.xlsx", content=content, ground="own_staff", employment="直接用工", by=planner, at=at
    )
    done = process_upload(number=upload.number, by=PLATFORM, at=at)
    seconds = perf_counter() - started
    assert done.state == "finished" and done.total == ROWS and done.accepted > ROWS * 0.9, (done.state, done.total, done.accepted)
    return seconds


def _workbook(plan: str, employer: str, seed: int) -> bytes:
    """The workbook of the reading benchmark with this plan's mark and the body's own staff in it."""
    from random import Random
    from unittest.mock import patch

    from bench import workbooks
    from touchstone.sheets.registration_fields import FIELDS, PlanOptions
    from touchstone.sheets.registration_template import registration_template

    own = workbooks._options()
    options = PlanOptions(plan, own.occupations, own.levels, own.conditions)
    # People who are nobody else: their place code is neither the cast's nor the crowd's.
    with patch("touchstone.simulation.identity.CROWD_PLACE", f"3199{seed + 1:02d}"):
        rows = [{**row, "所在单位": employer} for row in workbooks._rows(Random(seed + 100))]
    lines = [[row[field.header] for field in FIELDS] for row in rows]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "registration.xlsx"
        path.write_bytes(registration_template(options, lines))
        return path.read_bytes()
