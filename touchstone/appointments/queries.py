"""评聘查询: which rounds and appointments may somebody see, what may a worker apply for, and what is due?"""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.accounts.queries import person_behind
from touchstone.appointments.models import Appointment, AppointmentSet, Nomination, PanelMember, Round, RoundSet, Term
from touchstone.appointments.states import LAW, Standing, State, Tenure
from touchstone.bodies.queries import employers_of
from touchstone.policy.appointments.term import Grade, Serving, years_owed

if TYPE_CHECKING:
    from touchstone.accounts.models import Person, User

MATTER = "appointment"
"""Under this matter rounds are put before the public."""


def rounds(actor: Actor) -> RoundSet:
    """This function will give the rounds the actor may see, newest first, each with how many were put forward."""
    found = Round.objects.visible_to(actor).select_related("body__office").annotate(put_forward=Count("nominations", distinct=True))
    return found.order_by("-id")


def round_of(number: str, actor: Actor) -> Round:
    """This function will give a round the actor may see. :raises NotAllowed: for another's, and where there is none."""
    found = rounds(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这次评聘，或者它不归您查看。", LAW, "请从评聘清单中打开。")
    return found


def nominations_of(found: Round) -> QuerySet[Nomination]:
    """This function will give those put forward in a round, with who steps back from judging them."""
    return found.nominations.select_related("person", "round__body").prefetch_related("recusals__member").order_by("id")


def nomination(number: str, actor: Actor) -> Nomination:
    """This function will give one put forward in a round the actor may see, or the person's own. :raises NotAllowed:"""
    found = Nomination.objects.select_related("person", "round__body__office").filter(number=number).first()
    person = person_behind(actor)
    own = found is not None and person is not None and found.person_id == person.pk
    if found is None or not (own or Round.objects.visible_to(actor).filter(pk=found.round_id).exists()):
        raise NotAllowed("没有这份申报，或者它不归您查看。", LAW, "请从评聘清单中打开。")
    return found


def own_nominations(actor: Actor) -> QuerySet[Nomination]:
    """This function will give what a person was put forward for, newest first."""
    return Nomination.objects.filter(person__user__pk=actor.user_id or 0).select_related("round__body").order_by("-id")


def open_to(person: "Person | None", day: date) -> QuerySet[Round]:
    """This function will give the rounds of a person's employers that still take applications on `day`, without those they are in already."""
    if person is None:
        return Round.objects.none()
    found = Round.objects.filter(state=State.ANNOUNCED, applications_until__gte=day, body__in=employers_of(person, day))
    mine = Nomination.objects.filter(person=person).exclude(standing=Standing.WITHDRAWN).values("round_id")
    return found.exclude(pk__in=mine).select_related("body").order_by("applications_until", "id")


def panel_of(found: Round) -> QuerySet[PanelMember]:
    """This function will give the members of a round's panel."""
    return found.panel.order_by("id")


def appointments(actor: Actor) -> AppointmentSet:
    """This function will give the appointments the actor may see, newest first."""
    return Appointment.objects.visible_to(actor).select_related("body__office", "person", "nomination__round").order_by("-id")


def appointment(number: str, actor: Actor) -> Appointment:
    """This function will give an appointment the actor may see. :raises NotAllowed:"""
    found = appointments(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed("没有这项聘任，或者它不归您查看。", LAW, "请从在聘人员清单中打开。")
    return found


def terms_of(found: Appointment) -> list[Term]:
    """This function will give the terms of an appointment, the latest first, with their appraisals."""
    return list(found.terms.prefetch_related("appraisals").order_by("-since"))


def current_term(found: Appointment) -> Term:
    """This function will give the latest term. :raises IndexError: never for an appointment made by the operation."""
    return found.terms.order_by("-since")[0]


def serving(term: Term) -> Serving:
    """This function will put a term as the rules see it."""
    return Serving(term.since, term.until, [(one.year, Grade(one.grade)) for one in term.appraisals.all()])


def standing_of(person_id: int, body_id: int, occupation_codes: frozenset[str]) -> QuerySet[Appointment]:
    """This function will give the appointments that stand for a person with an enterprise in an occupation (under any code it has had)."""
    return Appointment.objects.filter(person_id=person_id, body_id=body_id, occupation_code__in=occupation_codes, state=Tenure.SERVING)


def first_appointed(person_id: int, post: str, occupation_codes: frozenset[str]) -> Appointment | None:
    """This function will give the first appointment somebody ever had to a post in an occupation, by whichever enterprise."""
    found = Appointment.objects.filter(person_id=person_id, post=post, occupation_code__in=occupation_codes)
    return found.order_by("since", "id").first()


def appraisals_owed(day: date) -> list[str]:
    """This function will give the numbers of the appointments of whose present term a year is to be appraised."""
    rows = Appointment.objects.filter(state=Tenure.SERVING).prefetch_related("terms__appraisals").order_by("id")
    latest = {one.number: max(one.terms.all(), key=lambda term: term.since) for one in rows}
    return [number for number, term in latest.items() if years_owed(serving(term), day)]


def ending_by(day: date) -> list[str]:
    """This function will give the numbers of the appointments whose term is over on `day`."""
    return list(Appointment.objects.filter(state=Tenure.SERVING, until__lte=day).order_by("id").values_list("number", flat=True))


def user_of_case(number: str) -> "User | None":
    """This function will give the log-in of whom a nomination or an appointment is about; None where they have none."""
    of: type[Nomination] | type[Appointment] = Nomination if number.startswith("PS") else Appointment
    found = of._default_manager.select_related("person__user").filter(number=number).first()
    return getattr(found.person, "user", None) if found is not None else None
