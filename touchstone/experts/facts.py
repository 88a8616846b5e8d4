"""队伍事实: what do the rows say that rules on entry and a year's appraisal read?"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from touchstone.catalogue.queries import codes_of
from touchstone.experts.models import Application, Member, Qualification, Standing
from touchstone.files.queries import of_case
from touchstone.policy.experts.entry import EVIDENCE, Entrant, Title
from touchstone.policy.experts.kinds import MemberKind

JUDGING = [kind.value for kind in MemberKind if kind.judges]


def in_force(day: date) -> Q:
    """This function will give the condition under which a qualification's term holds on a day."""
    return Q(since__lte=day, until__gt=day)


def blocking(day: date) -> Q:
    """This function will give the condition under which a measure keeps a qualification from being used on a day: removal, or a suspension that
    runs, neither lifted by then."""
    stands = Q(since__lte=day) & (Q(lifted_on__isnull=True) | Q(lifted_on__gt=day))
    runs = Q(measure=Standing.Measure.SUSPENSION) & (Q(until__isnull=True) | Q(until__gt=day))
    return stands & (Q(measure=Standing.Measure.REMOVAL) | runs)


def further_term(held: Qualification) -> Qualification | None:
    """This function will give the qualification that carries one on beyond its end, under whatever code its occupation has; None without."""
    later = Qualification.objects.filter(member=held.member, kind=held.kind, until__gt=held.until)
    if held.occupation is not None:
        later = later.filter(occupation__code__in=codes_of(held.occupation.code))
    return later.order_by("until").first()


def years_as_assessor(member: Member, day: date) -> int:
    """This function will give the whole years since a member first judged with a qualification of ours."""
    first = Qualification.objects.filter(member=member, kind__in=JUDGING, since__lte=day).order_by("since").values_list("since", flat=True).first()
    return (day - first).days // 365 if first else 0


def entrant_of(application: Application, day: date) -> Entrant:
    """This function will give what an applicant claims and shows."""
    claims, member = application.claims, application.member
    measures = Standing.objects.filter(qualification__member=member)
    removed = measures.filter(measure=Standing.Measure.REMOVAL, lifted_on__isnull=True).order_by("-since").values_list("since", flat=True).first()
    known = years_as_assessor(member, day)
    return Entrant(
        kind=MemberKind(application.kind),
        highest_level=application.highest_level,
        certificate_level=claims.get("certificate_level"),
        title=Title(claims.get("title", "")),
        assessor_years=known,
        claimed_assessor_years=max(known, int(claims.get("assessor_years") or 0)),
        work_years=int(claims.get("work_years") or 0),
        proofs=_proofs(of_case(application.number).values_list("label", flat=True)),
        recommended=application.body_id is not None,
        removed_on=removed,
        suspended=measures.filter(blocking(day), measure=Standing.Measure.SUSPENSION).exists(),
    )


def _proofs(labels: Iterable[str]) -> frozenset[str]:
    return frozenset(labels) & frozenset(EVIDENCE)
