"""往事测试: does an evaluation that was loaded leave exactly what one left that was carried out, field by field and line by line?"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import models, transaction

from tests.cast import Cast
from tests.exams.stage import EXAM_ON, Stage, moment
from touchstone.accounts.history import load_made
from touchstone.accounts.people import Identity, person_of
from touchstone.accounts.queries import district_bureau
from touchstone.certificates.models import Certificate
from touchstone.exams.models import Archive, Candidate, Plan, ReviewedScore, ScoreEntry, ScoreLock, ScoreReview, Seat, SignIn, Sitting
from touchstone.exams.operations import past
from touchstone.exams.states import Part
from touchstone.ledger.models import Entry, Installation, Series
from touchstone.notices.models import PublicNotice
from touchstone.parameters.queries import calendar
from touchstone.policy.exams.results import Score
from touchstone.simulation.identity import id_number, phone
from touchstone.tasks.models import Task

pytestmark = pytest.mark.django_db

Rows = list[dict[str, Any]]
MARKS = (("80.0", "85.0"), ("50.0", "90.0"), ("77.5", "60.0"), ("61.5", "95.0"))
"""Of the four who come: the operation writes a mark down as it was given, with its place after the point."""
_OTHERWISE = {
    Plan: (),
    Candidate: ("plan__number", "person__number"),
    Sitting: ("plan__number",),
    Seat: ("sitting__number", "candidate__number"),
    SignIn: ("seat__sitting__number", "seat__seat_number"),
    ScoreEntry: ("candidate__number",),
    PublicNotice: (),
    Certificate: ("holder__number",),
    ScoreLock: ("plan__number",),
    ScoreReview: ("lock__plan__number",),
    ReviewedScore: ("entry__candidate__number", "entry__part"),
    Archive: ("plan__number",),
    Task: (),
    Entry: (),
}
"""Rows of a plan are told by the numbers of what they belong to, not by keys."""
_KEYS = {"id", *(f"{name}_id" for name in ("plan", "person", "sitting", "candidate", "seat", "holder", "lock", "review", "entry"))}
_KEYS |= {"recorded_at", "request_key"}
_APART = {"plan.drafted", "people.entered", "history.loaded", "person.entered", "issuer_key.made", "issuer_key.countersigned"}
"""What is written of a chunk, and of the key that signs: what is loaded was issued before its body had one."""


def test_what_was_loaded_is_what_the_operations_would_have_written(cast: Cast) -> None:
    stage = Stage(cast, people=5)
    assert stage.plan.drafted_at == cast.at
    mark = Entry.objects.order_by("-id")[0].pk
    with transaction.atomic():
        stage.reviewed().with_sittings().arranged().held(absent=1).scored(*MARKS).announced().confirmed().certified()
        done = {model: _rows(model, mark) for model in _OTHERWISE}
        plan = Plan.objects.select_related("body").get()
        people = [(one.person.name, one.claims, one.proofs) for one in Candidate.objects.select_related("person").order_by("id")]
        planned = list(Sitting.objects.select_related("room").order_by("number"))
        transaction.set_rollback(True)
    loaded = _loaded(cast, plan, people, planned, done)
    for model, rows in loaded.items():
        assert rows, model.__name__
        for one, other in zip(done[model], rows, strict=True):
            assert one == other, model.__name__


def _loaded(cast: Cast, plan: Plan, people: list[Any], planned: list[Sitting], done: dict[Any, Rows]) -> dict[Any, Rows]:
    """Load the same evaluation, with the same people, sittings, seed, absences and marks."""
    standing = Plan.objects.select_related("scope_item", "body").get()
    item, body = standing.scope_item, standing.body
    standing.delete()
    Series.objects.filter(name__in=["notice-2026", "archive-2026"]).delete()
    Installation.objects.update_or_create(pk=1, defaults={"synthetic": True})
    mark = Entry.objects.order_by("-id")[0].pk
    names = ("number", "title", "exam_on", "registration_closes_on", "quota", "contact", "state", "drafted_at")
    terms = {name: getattr(plan, name) for name in names}
    book = past.Book(past.planned(item, body=body, **terms), _moments(cast, done), calendar(), cast.sun, cast.qian, None)
    past.reported(book, district_bureau(body.district).pk)
    past.registered(book, _entries(cast, people))
    past.reviewed(book)
    staff = {member.person.number: member for member in body.staff.select_related("person")}
    supervisor = next(member for member in staff.values() if member.duty == "internal_supervisor")
    sittings = [
        past.PastSitting(Part(one.part), one.room, one.starts_at, one.ends_at, [staff[each["number"]] for each in one.invigilators], supervisor)
        for one in planned
    ]
    past.arranged(book, sittings, "种子")
    tickets = sorted(one.ticket_number or "" for one in book.entrants)
    past.held(book, tickets[-1:])
    marks = {ticket: _marks(given) for ticket, given in zip(tickets, (*MARKS, None), strict=True)}
    past.scored(book, marks)
    past.looked_again(book, b"\7" * 32, cast.lin)
    past.announced(book, done[PublicNotice][0]["number"])
    past.confirmed(book)
    past.certified(book, done[Archive][0]["number"])
    past.keep([book], at=cast.at)
    return {model: _rows(model, mark) for model in _OTHERWISE}


def _moments(cast: Cast, done: dict[Any, Rows]) -> past.Moments:
    at, notice = cast.at, done[PublicNotice][0]
    return past.Moments(
        drafted=at, reported=at, signed=at, registered=at, closes_on=date(2026, 3, 9), checked=at, reviewed=at, seated=at, arranged=at,
        held=moment(EXAM_ON, 17), scored=moment(date(2026, 3, 23), 10), concluded=moment(date(2026, 3, 23), 11),
        drawn=moment(date(2026, 3, 23), 13), looked=moment(date(2026, 3, 23), 14),
        announced=moment(date(2026, 3, 24), 9), opened_on=notice["opened_on"], notice_until=notice["closes_on"],
        confirmed=moment(date(2026, 4, 1), 0, 1), certified=moment(date(2026, 4, 7), 9),
    )  # fmt: skip


def _entries(cast: Cast, people: list[Any]) -> list[past.PastEntry]:
    made = [
        person_of(Identity(name, id_number(n, birthday=date(1995, 1, 1) + timedelta(days=n // 500), male=True), phone(n)).read())
        for n, (name, _, _) in enumerate(people)
    ]
    for person, key in zip(made, load_made(made, by=cast.sun, at=cast.at), strict=True):
        person.pk = key
    remark = {"remark": "已核劳动合同"}
    proofs: dict[str, dict[str, Any]] = {"employment": remark, "work": {"periods": [{"since": "2012-01-01", "relation": "same"}]} | remark}
    employer = cast.body_a.name
    return [
        past.PastEntry(person, "own_staff", "直接用工", employer, "5-2", claims, proofs) for person, (_, claims, _) in zip(made, people, strict=True)
    ]


def _marks(given: tuple[str, str] | None) -> dict[Part, Score]:
    if given is None:
        return {part: Score(absent=True) for part in (Part.THEORY, Part.PRACTICAL)}
    return {part: Score(mark=Decimal(value)) for part, value in zip((Part.THEORY, Part.PRACTICAL), given, strict=True)}


def _rows(model: type[models.Model], mark: int) -> Rows:
    """Every row of a table without its keys, in an order of its own; of the ledger those after `mark`."""
    columns = [field.attname for field in model._meta.concrete_fields if field.attname not in _KEYS]
    found = model._default_manager.order_by().values(*columns, *_OTHERWISE[model])
    if model is Entry:
        found = found.filter(pk__gt=mark).exclude(event__in=_APART)
    return sorted(found, key=repr)
