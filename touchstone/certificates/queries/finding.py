"""查到证书: is this certificate real, who holds what, and what may an actor look through?"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import QuerySet

from touchstone.accounts.actor import Actor
from touchstone.catalogue.queries import codes_of
from touchstone.certificates.facts import check_fits
from touchstone.certificates.models import Certificate, CertificateSet
from touchstone.kernel.numbers import half_width, name_key
from touchstone.ledger.text_search import folded
from touchstone.policy.certificates.enterprise import parse_number
from touchstone.policy.eligibility.levels import Level

if TYPE_CHECKING:
    from touchstone.accounts.models import Person


def by_number(number: str) -> Certificate | None:
    """This function will give the certificate with this number."""
    return Certificate.objects.select_related("body", "holder", "credential").filter(number=number).first()


def by_numbers(numbers: Iterable[str]) -> dict[str, Certificate]:
    """This function will give the certificates that have these numbers, with their holders and bodies; one query."""
    return {one.number: one for one in Certificate.objects.filter(number__in=list(numbers)).select_related("holder", "body")}


def with_numbers(numbers: Iterable[str]) -> QuerySet[Certificate]:
    """This function will give the certificates with these numbers, in order of number."""
    return Certificate.objects.filter(number__in=list(numbers)).select_related("holder", "body").order_by("number")


def by_name_and_number(name: str, number: str) -> Certificate | None:
    """This function will give the certificate on which both name and number stand; full-width places and dots are understood.

    :raises ValueError: with a sentence, when the number cannot be one.
    """
    certificate = by_number(parse_number(number))
    if certificate is None or certificate.holder_name_key != name_key(half_width(name)):
        return None
    return certificate


def by_number_and_check(number: str, check: str) -> Certificate | None:
    """This function will give the certificate whose printed address was opened; nothing for a number alone."""
    return by_number(number) if check_fits(number, check) else None


def held_by(person: "Person", occupation_code: str = "") -> QuerySet[Certificate]:
    """This function will give a person's valid certificates (of one occupation, where named), the latest first."""
    found = Certificate.objects.national().filter(holder=person, state=Certificate.State.VALID).order_by("-issued_on", "-id")
    return found.filter(occupation_code__in=codes_of(occupation_code)) if occupation_code else found


def revoked_of(person: "Person") -> list[date]:
    """This function will give the days on which a person's certificates were revoked."""
    found = Certificate.objects.filter(holder=person, revoked_on__isnull=False).values_list("revoked_on", flat=True)
    return [day for day in found if day is not None]


def held_by_people(people: Iterable[int], *occupation_codes: str) -> QuerySet[Certificate]:
    """This function will give the valid certificates of one occupation (under any code it has had) that any of `people` hold, the oldest first."""
    found = Certificate.objects.national().filter(holder_id__in=list(people), occupation_code__in=occupation_codes, state=Certificate.State.VALID)
    return found.order_by("issued_on", "id")


def holders_of(people: Iterable[int], occupation_code: str, trade_name: str, level: Level) -> dict[int, str]:
    """This function will give, for those of `people` who hold a valid certificate of this level (under any code it has had), its number."""
    found = Certificate.objects.national().filter(
        holder_id__in=list(people),
        occupation_code__in=codes_of(occupation_code),
        trade_name=trade_name,
        level=str(int(level)),
        state=Certificate.State.VALID,
    )
    return dict(found.values_list("holder_id", "number"))


def valid_held_by(indexes: Iterable[bytes]) -> dict[bytes, list[Certificate]]:
    """This function will give, by the blind index of their identity number, the valid national certificates people hold; one query."""
    found: dict[bytes, list[Certificate]] = {}
    for one in Certificate.objects.national().filter(holder__id_index__in=list(indexes), state=Certificate.State.VALID).select_related("holder"):
        found.setdefault(bytes(one.holder.id_index), []).append(one)
    return found


def certificates(actor: Actor) -> CertificateSet:
    """This function will give the certificates an actor may look through, the latest first."""
    return Certificate.objects.visible_to(actor).select_related("holder", "body").order_by("-issued_on", "-id")


def occupations_named(text: str) -> list[str]:
    """This function will give the names of occupations on any certificate that hold a text, in either case.

    A million certificates bear some hundred names: the index is stepped through from one name to the next.
    """
    table = Certificate._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE held AS (SELECT min(occupation_name) AS name FROM {table} "  # noqa: S608 (the name of our own table)
            f"UNION ALL SELECT (SELECT min(occupation_name) FROM {table} WHERE occupation_name > held.name) FROM held WHERE held.name IS NOT NULL) "
            "SELECT name FROM held WHERE name IS NOT NULL"
        )
        return [name for (name,) in cursor.fetchall() if folded(text) in folded(name)]


def of_plan(plan_number: str) -> QuerySet[Certificate]:
    """This function will give the certificates of a plan in order of number, those by a second standard included."""
    return Certificate.objects.filter(plan_number=plan_number).select_related("holder").order_by("number")


def numbers_by_candidate(plan_number: str, *, national: bool = True) -> dict[str, str]:
    """This function will give the numbers of a plan's certificates of one scheme by the candidate's number."""
    scheme = Certificate.Scheme.NATIONAL if national else Certificate.Scheme.ENTERPRISE
    # whoever got another in its place is listed with that one: the valid come last
    return dict(of_plan(plan_number).filter(scheme=scheme).order_by("-state", "number").values_list("candidate_number", "number"))


def examined_by(case: str) -> list[Certificate]:
    """This function will give the valid certificates that a case has put under examination."""
    found = Certificate.objects.filter(examined_case=case, state=Certificate.State.VALID) if case else Certificate.objects.none()
    return list(found.select_related("holder", "body").order_by("number"))


def of_candidates(numbers: Iterable[str], plans: Iterable[str]) -> QuerySet[Certificate]:
    """This function will give the certificates of some candidates of some plans (both by number, or by a query for them), by number."""
    found = Certificate.objects.filter(plan_number__in=plans, candidate_number__in=numbers)
    return found.select_related("holder", "body").order_by("number")
