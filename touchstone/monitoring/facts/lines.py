"""比对数据的行: how does a row of the platform become a line to be compared, without anybody's name or number in it?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime

from touchstone.accounts.people import field_key, opened_text
from touchstone.bodies.queries import bodies, rooms_compared
from touchstone.catalogue.queries import occupations_compared
from touchstone.certificates import queries as certificates
from touchstone.exams.queries import compared
from touchstone.exams.queries.results import MATTER
from touchstone.experts.queries import dispatch
from touchstone.filings.queries import scope
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import add_months
from touchstone.lake import index_of, wall_clock
from touchstone.notices.queries import last_days
from touchstone.policy.certificates.numbering import prefix_of
from touchstone.policy.eligibility.outside import Register
from touchstone.policy.roles import BodyKind

CHUNK = 2000
_SCHOOL = "所报院校"
_AS_THEY_STAND = ("number", "occupation_code", "occupation_name", "level", "issued_on", "theory", "practical", "panel")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Changed:
    """What the ledger says has changed: public numbers (of certificates, candidates, plans, sittings), and since when; no moment for everything."""

    numbers: frozenset[str] = frozenset()
    at: datetime | None = None

    def moment(self, numbers: Iterable[str], day: date | None) -> datetime | None:
        """This method will say when a row last changed: when the run began, where the ledger names it, else on its own day."""
        if self.at is not None and not self.numbers.isdisjoint(numbers):
            return wall_clock(self.at)
        return datetime.combine(day, datetime.min.time()) if day else None


@lru_cache(maxsize=4)
def _salt(secret: str) -> str:
    return field_key().blind_index("touchstone.lake", "lake.salt").hex()


def salt() -> str:
    """This function will give the secret that every index is made with: made from the key of sealed fields, it never lies beside the tables."""
    return _salt(settings.FIELD_KEY)


def _chunks(found: Any) -> Iterator[list[dict[str, Any]]]:
    """Rows by the thousand, where something is looked up for many at once."""
    flow = found.iterator(chunk_size=CHUNK)
    while chunk := list(islice(flow, CHUNK)):
        yield chunk


@dataclass
class _Indices:
    """Makes indices of sealed texts; whoever turns up often is reckoned once."""

    known: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key, self.salt = field_key(), salt()

    def holder(self, row: Row) -> str | None:
        """This method will give the index of the identity number of a row's person."""
        number = row["of_person"]
        if number not in self.known:
            if len(self.known) > 20_000:
                self.known.clear()
            self.known[number] = index_of(self.salt, "id", opened_text(row["of_id_sealed"], number, "id", self.key))
        return self.known[number]

    def phone(self, row: Row) -> str | None:
        sealed = row["of_phone_sealed"]
        return index_of(self.salt, "phone", opened_text(sealed, row["of_person"], "phone", self.key)) if sealed else None

    def of(self, kind: str, text: str) -> str | None:
        return index_of(self.salt, kind, text)


def _span(month: date | None) -> tuple[date, date]:
    assert month is not None
    return month, add_months(month, 1)


def _certificates(month: date | None, changed: Changed) -> Iterator[Row]:
    indices = _Indices()
    for chunk in _chunks(certificates.compared(*_span(month))):
        plans = {row["plan_number"] for row in chunk if row["plan_number"]}
        notices, days = last_days(MATTER, plans), compared.exam_days(plans)
        photos = compared.photos_kept(row["candidate_number"] for row in chunk if row["candidate_number"])
        for row in chunk:
            examined_on = date.fromisoformat(row["exam_on"]) if row["exam_on"] else days.get(row["plan_number"])
            yield {
                "row_id": row["number"],
                **{name: row[name] for name in _AS_THEY_STAND},
                "holder": indices.holder(row),
                "name_index": indices.of("name", row["holder_name"]),
                "birthday": row["birthday"],
                "body": row["of_body"],
                "trade_name": row["trade_name"] or None,
                "examined_on": examined_on,
                "notice_until": notices.get(row["plan_number"]),
                "plan_number": row["plan_number"] or None,
                "valid": row["state"] == "issued",
                "appointed": not row["level"].isdigit(),
                "phone": indices.phone(row),
                "photo": indices.of("photo", photos.get(row["candidate_number"], "")),
                "changed_at": changed.moment((row["number"], row["plan_number"], row["candidate_number"]), row["issued_on"]),
            }


def _candidates(month: date | None, changed: Changed) -> Iterator[Row]:
    indices = _Indices()
    for row in compared.candidates_compared(*_span(month)).iterator(chunk_size=CHUNK):
        # whom the register of schools was not asked about is not said to be no student
        unasked = row["ground"] == "student" and not row["school_asked"]
        yield {
            "row_id": row["number"],
            "candidate_number": row["number"],
            "holder": indices.holder(row),
            "plan_number": row["of_plan"],
            "body": row["of_body"],
            "ground": "student_not_asked" if unasked else row["ground"],
            "employer": row["employer"] or None,
            "school": row["employer"] or _SCHOOL,
            "registered_on": row["applied_on"],
            "earlier_number": row["of_earlier"] or None,
            "changed_at": changed.moment((row["number"], row["of_plan"]), row["applied_on"]),
        }


def _attendances(month: date | None, changed: Changed) -> Iterator[Row]:
    indices = _Indices()
    for row in compared.attendances_compared(*_span(month)).iterator(chunk_size=CHUNK):
        starts_at = wall_clock(row["starts_at"])
        yield {
            "row_id": f"ZW{row['pk']}",
            "sitting": row["of_sitting"],
            "plan_number": row["of_plan"],
            "body": row["of_body"],
            "venue": row["of_venue"],
            "candidate_number": row["of_candidate"],
            "holder": indices.holder(row),
            "present": row["present"],
            "held_on": starts_at.date(),
            "starts_at": starts_at,
            "ends_at": wall_clock(row["ends_at"]),
            "signed_at": wall_clock(row["signed_at"]) if row["signed_at"] else None,
            "sign_device": indices.of("device", row["signed_with"] or ""),
            # where it was written last: a machine that broke down may serve another
            "answer_device": indices.of("device", (row["written_in"] or [""])[-1]),
            "changed_at": changed.moment((row["of_sitting"], row["of_plan"], row["of_candidate"]), starts_at.date()),
        }


def _sittings(month: date | None, changed: Changed) -> Iterator[Row]:
    for row in compared.sittings_compared(*_span(month)).iterator(chunk_size=CHUNK):
        starts_at = wall_clock(row["starts_at"])
        yield {
            "row_id": row["number"],
            "sitting": row["number"],
            "plan_number": row["of_plan"],
            "body": row["of_body"],
            "venue": row["of_venue"],
            "room": str(row["room_id"]),
            "part": row["part"],
            "held_on": starts_at.date(),
            "starts_at": starts_at,
            "ends_at": wall_clock(row["ends_at"]),
            "seats": row["of_seats"],
            "changed_at": changed.moment((row["number"], row["of_plan"]), starts_at.date()),
        }


def _scores(month: date | None, changed: Changed) -> Iterator[Row]:
    indices = _Indices()
    for row in compared.scores_compared(*_span(month)).iterator(chunk_size=CHUNK):
        yield {
            "row_id": f"LR{row['pk']}",
            "candidate_number": row["candidate_number"],
            "plan_number": row["plan"],
            "part": row["part"],
            "value": row["value"],
            "held_on": row["exam_on"],
            "entered_at": wall_clock(row["typed_at"]),
            "entered_by": indices.of("id", f"user-{row['typed_by_id']}"),
            "changed_at": changed.moment((row["candidate_number"], row["plan"]), row["exam_on"]),
        }


def _assignments(month: date | None, changed: Changed) -> Iterator[Row]:
    indices = _Indices()
    for row in dispatch.assignments_compared(*_span(month)).iterator(chunk_size=CHUNK):
        starts_at, ends_at = wall_clock(row["period"].lower), wall_clock(row["period"].upper)
        yield {
            "row_id": row["number"],
            "assessor": indices.holder(row),
            "sitting": row["sitting"],
            "plan_number": row["sitting"].rpartition("-")[0],
            "body": row["body"],
            "venue": row["venue"],
            "occupation_code": row["occupation_code"],
            "held_on": starts_at.date(),
            "starts_at": starts_at,
            "ends_at": ends_at,
            "changed_at": changed.moment((row["number"], row["sitting"], row["sitting"].rpartition("-")[0]), starts_at.date()),
        }


def _plans(_: date | None, changed: Changed) -> Iterator[Row]:
    for chunk in _chunks(compared.plans_compared()):
        notices = last_days(MATTER, [row["number"] for row in chunk])
        for row in chunk:
            days = [wall_clock(row[name]).date() if row[name] else row["exam_on"] for name in ("first_at", "last_at")]
            yield {
                "row_id": row["number"],
                "plan_number": row["number"],
                "body": row["body_number"],
                "first_day": min(days[0], row["exam_on"]),
                "last_day": max(days[1], row["exam_on"]),
                "notice_until": notices.get(row["number"]),
                "registered": row["registered"],
                "changed_at": changed.moment((row["number"],), row["exam_on"]),
            }


def _bodies(_: date | None, changed: Changed) -> Iterator[Row]:
    today = localtime(changed.at).date() if changed.at else date.max
    for one in bodies().iterator(chunk_size=CHUNK):
        day = localtime(one.registered_at).date()
        try:
            prefix = prefix_of(BodyKind(one.kind), one.site_code or "", min(today, date(2099, 1, 1)), national_code=one.national_code)
        except Refusal:
            prefix = None
        changed_at = changed.moment((one.number,), day)
        row = {"row_id": one.number, "body": one.number, "name": one.name, "prefix": prefix, "district": one.district}
        yield {**row, "changed_at": changed_at}


def _scope(_: date | None, changed: Changed) -> Iterator[Row]:
    for row in scope.scope_compared().iterator(chunk_size=CHUNK):
        yield {
            "row_id": f"FW{row['pk']}",
            "body": row["body"],
            "occupation_code": row["occupation_code"],
            "level": str(row["level"]),
            "since": row["since"],
            "until": row["ends"],
            "changed_at": changed.moment((row["body"],), row["since"]),
        }


def _suspensions(_: date | None, changed: Changed) -> Iterator[Row]:
    for row in scope.suspensions_compared().iterator(chunk_size=CHUNK):
        times = {"body": row["body"], "since": row["since"], "until": row["until"]}
        yield {"row_id": f"ZT{row['pk']}", **times, "changed_at": changed.moment((row["body"],), row["since"])}


def _rooms(_: date | None, changed: Changed) -> Iterator[Row]:
    for row in rooms_compared().iterator(chunk_size=CHUNK):
        where = {"room": str(row["pk"]), "venue": row["venue_number"], "body": row["body"], "seats": row["seats"]}
        yield {"row_id": f"KC{row['pk']}", **where, "changed_at": changed.moment((row["venue_number"],), None)}


def _occupations(_: date | None, changed: Changed) -> Iterator[Row]:
    for row in occupations_compared().iterator(chunk_size=CHUNK):
        times = {"occupation_code": row["code"], "name": row["name"], "since": row["since"], "until": row["until"]}
        yield {"row_id": f"ZY{row['pk']}", **times, "changed_at": changed.moment((row["code"],), row["since"])}


def _qualifications(_: date | None, changed: Changed) -> Iterator[Row]:
    indices = _Indices()
    for row in dispatch.qualifications_compared().iterator(chunk_size=CHUNK):
        times = {"occupation_code": row["occupation_code"], "since": row["since"], "until": row["until"]}
        yield {"row_id": row["number"], "assessor": indices.holder(row), **times, "changed_at": changed.moment((row["number"],), row["since"])}


def _answered(row: Row, changed: Changed) -> dict[str, Any]:
    return {"changed_at": changed.moment((), wall_clock(row["answered_at"]).date())}


def _deaths(_: date | None, changed: Changed) -> Iterator[Row]:
    indices = _Indices()
    for row in compared.answers_compared(Register.DEATH).iterator(chunk_size=CHUNK):
        if died_on := row["answer"].get("died_on"):
            yield {"row_id": row["number"], "holder": indices.holder(row), "died_on": date.fromisoformat(died_on), **_answered(row, changed)}


def _insurance(_: date | None, changed: Changed) -> Iterator[Row]:
    """The register says whether the employer named is the one that pays, and not who else does."""
    indices = _Indices()
    for row in compared.answers_compared(Register.INSURANCE).iterator(chunk_size=CHUNK):
        for place, spell in enumerate(row["answer"].get("spells", [])):
            yield {
                "row_id": f"{row['number']}-{place}",
                "holder": indices.holder(row),
                "employer": row["employer"] if spell["by_named_employer"] else "其他单位",
                "since": date.fromisoformat(spell["since"]),
                "until": date.fromisoformat(spell["until"]) if spell["until"] else None,
                **_answered(row, changed),
            }


def _school_register(_: date | None, changed: Changed) -> Iterator[Row]:
    """Who is in the year of graduation, or has finished, at the school claimed; the register tells no more."""
    indices = _Indices()
    for row in compared.answers_compared(Register.SCHOOLING).iterator(chunk_size=CHUNK):
        for place, record in enumerate(row["answer"].get("records", [])):
            # in the year of graduation, as the register says without a day: the day it said so lies in it
            graduates_on = date.fromisoformat(record["graduated_on"]) if record["graduated_on"] else wall_clock(row["answered_at"]).date()
            yield {
                "row_id": f"{row['number']}-{place}",
                "holder": indices.holder(row),
                "school": row["employer"] or _SCHOOL,
                "graduates_on": graduates_on,
                **_answered(row, changed),
            }


SOURCES: Mapping[str, Callable[[date | None, Changed], Iterator[Row]]] = {
    "certificates": _certificates,
    "candidates": _candidates,
    "attendances": _attendances,
    "sittings": _sittings,
    "scores": _scores,
    "assignments": _assignments,
    "plans": _plans,
    "bodies": _bodies,
    "scope": _scope,
    "suspensions": _suspensions,
    "rooms": _rooms,
    "occupations": _occupations,
    "qualifications": _qualifications,
    "deaths": _deaths,
    "insurance": _insurance,
    "school_register": _school_register,
}
