"""人员与机构查询: who holds which role where on a day?"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from touchstone.accounts.actor import Actor
from touchstone.accounts.models import Holding, Industry, Office, Person, Restriction, User
from touchstone.accounts.people import id_index
from touchstone.kernel.numbers import parse_id_number
from touchstone.kernel.rules import Finding
from touchstone.policy.roles import OfficeKind, Role
from touchstone.policy.violations.acts import Party
from touchstone.policy.violations.measures import not_barred


def holdings_of(person: Person, day: date) -> QuerySet[Holding]:
    """This function will give the roles a person holds on `day`."""
    return (
        Holding.objects.filter(Q(until__isnull=True) | Q(until__gt=day), person=person, since__lte=day)
        .select_related("office")
        .order_by("office__name", "role")
    )


def actors_of(user: User, day: date) -> list[Actor]:
    """This function will give the offices a user may act in on `day`, each with all roles held there."""
    if user.person is None or not user.is_active:
        return []
    offices: dict[int, tuple[Office, set[Role]]] = {}
    for holding in holdings_of(user.person, day):
        offices.setdefault(holding.office_id, (holding.office, set()))[1].add(Role(holding.role))
    return [
        Actor.of(office, user_id=user.pk, person_name=user.person.name, roles=frozenset(roles)) for office, roles in offices.values()
    ]


def offices(*kinds: OfficeKind, day: date | None = None) -> QuerySet[Office]:
    """This function will give the offices of the given kinds (all when none), standing on `day`."""
    found = Office.objects.order_by("kind", "district", "name")
    if kinds:
        found = found.filter(kind__in=kinds)
    if day is not None:
        found = found.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)
    return found


def office(number: str) -> Office:
    """This function will give an office by its number. :raises Office.DoesNotExist:"""
    return Office.objects.get(number=number)


def district_bureau(district: str) -> Office:
    """This function will give the 区人社局 of a district code. :raises Office.DoesNotExist:"""
    return Office.objects.get(kind=OfficeKind.DISTRICT_BUREAU, district=district)


def city_centre() -> Office:
    """This function will give 市职鉴中心. :raises Office.DoesNotExist:"""
    return Office.objects.get(kind=OfficeKind.CITY_CENTRE)


def city_bureau() -> Office:
    """This function will give 市人社局. :raises Office.DoesNotExist:"""
    return Office.objects.get(kind=OfficeKind.CITY_BUREAU)


def office_by_key(key: int) -> Office:
    """This function will give the office behind an actor. :raises Office.DoesNotExist:"""
    return Office.objects.get(pk=key)


def industry_authorities(industry: str, district: str = "") -> QuerySet[Office]:
    """This function will give the authorities of a field: of the district where one is named, else of the city."""
    return Office.objects.filter(kind=OfficeKind.INDUSTRY_AUTHORITY, industry=industry, district=district)


def city_authorities(day: date) -> QuerySet[Office]:
    """This function will give every industry authority of the city that stands on `day`, by name."""
    found = Office.objects.filter(kind=OfficeKind.INDUSTRY_AUTHORITY, district="", since__lte=day)
    return found.filter(Q(until__isnull=True) | Q(until__gt=day)).order_by("name")


def industries() -> QuerySet[Industry]:
    """This function will give every field that has an authority."""
    return Industry.objects.order_by("key")


def people_with(role: Role, office: Office, day: date) -> QuerySet[Person]:
    """This function will give the people who hold `role` in `office` on `day`."""
    return Person.objects.filter(
        Q(holdings__until__isnull=True) | Q(holdings__until__gt=day),
        holdings__office=office,
        holdings__role=role,
        holdings__since__lte=day,
    ).distinct()


def people_with_log_in() -> QuerySet[Person]:
    """This function will give the people who can log in or hold a role, by name."""
    # Two short lists of keys: joined, everybody who was ever registered would be read.
    own = User.objects.filter(person__isnull=False).order_by().values("person")
    return Person.objects.filter(pk__in=own.union(Holding.objects.order_by().values("person"))).order_by("name_key", "id")


def ever_held(role: Role) -> QuerySet[Holding, int]:
    """This function will give the keys of the people who hold, or once held, a role in any office."""
    return Holding.objects.filter(role=role.value).order_by().values_list("person", flat=True)


def users_of(office: Office, day: date) -> QuerySet[User]:
    """This function will give the active log-ins of those who hold a role in an office on `day`."""
    held = Holding.objects.filter(Q(until__isnull=True) | Q(until__gt=day), office=office, since__lte=day).values("person")
    return User.objects.filter(person__in=held, is_active=True).select_related("person")


def user_named(username: str) -> User | None:
    """This function will give the log-in of this name, or None."""
    return User.objects.select_related("person").filter(username=username).first()


def user_behind(actor: Actor) -> User | None:
    """This function will give the log-in that acts; None for the platform and for visitors."""
    return User.objects.select_related("person").filter(pk=actor.user_id or 0).first()


def user_of(person: Person) -> User | None:
    """This function will give the log-in of a person, or None."""
    return User.objects.select_related("person").filter(person=person).first()


def person(number: str) -> Person:
    """This function will give a person by number. :raises Person.DoesNotExist:"""
    return Person.objects.get(number=number)


def person_behind(actor: Actor) -> Person | None:
    """This function will give the person behind the log-in that acts; None for a visitor and for the platform."""
    return Person.objects.filter(user__pk=actor.user_id).first() if actor.user_id else None


def person_by_id_number(id_number: str) -> Person | None:
    """This function will give the person with exactly this resident identity number, if anyone has it. :raises ValueError: for a wrong number."""
    return Person.objects.filter(id_index=id_index(parse_id_number(id_number).text)).first()


def all_holdings_of(person: Person) -> QuerySet[Holding]:
    """This function will give every role a person ever held, those still held first."""
    return Holding.objects.filter(person=person).select_related("office").order_by("-until", "-since", "role")


def holdings_in(office: Office) -> QuerySet[Holding]:
    """This function will give every role ever held in an office, those still held first."""
    return Holding.objects.filter(office=office).select_related("person").order_by("-until", "person__name_key", "role")


def restrictions_on(person_ids: Iterable[int], party: Party, day: date) -> dict[int, Restriction]:
    """This function will give, by person, the restriction that keeps each of them away on `day`; of several, the one that lasts longest."""
    found = Restriction.objects.filter(person_id__in=list(person_ids), party=party, lifted_at__isnull=True, since__lte=day, until__gt=day)
    return {one.person_id: one for one in found.order_by("until")}


def measures_against(person: Person) -> list[date]:
    """This function will give the days from which a person was kept away from something, those lifted since left out."""
    return list(Restriction.objects.filter(person=person, lifted_at__isnull=True).values_list("since", flat=True))


def restrictions_among(person_ids: Iterable[int], party: Party) -> dict[int, list[Restriction]]:
    """This function will give, by person, everything that keeps some people away and was not lifted, whatever the day: one read for many rows."""
    found: dict[int, list[Restriction]] = {}
    for one in Restriction.objects.filter(person_id__in=list(person_ids), party=party, lifted_at__isnull=True):
        found.setdefault(one.person_id, []).append(one)
    return found


def not_restricted(person_id: int, party: Party, day: date) -> Finding:
    """This function will find whether a person is kept away on `day`."""
    return finding_of(restrictions_on([person_id], party, day).get(person_id), party, day)


def finding_of(found: Restriction | None, party: Party, day: date) -> Finding:
    """This function will find by the rule whether a restriction (or none) keeps somebody away on `day`."""
    what = "参加评价" if party is Party.CANDIDATE else "担任考务、考评、督导工作"
    return not_barred(what, found.case if found else "", found.until if found else None, day)
