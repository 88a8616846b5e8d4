"""预警事实: what stands behind the rows of a hit, whose are they, and under which district's supervision?

What is shown of a row is frozen with the case: labels and words, identity numbers masked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from touchstone.bodies.queries import bodies_named
from touchstone.certificates import queries as certificates
from touchstone.exams.queries import compared
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.monitoring.handling import supervising_district
from touchstone.policy.roles import BodyKind, Ownership

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.certificates.models import Certificate
    from touchstone.exams.models import Candidate, Plan, Sitting

_CERTIFICATE = re.compile(r"[YS]\d{12}")


@dataclass(frozen=True)
class Shown:
    """A row of a hit: its public number, whose it is, who supervises what was done there, and what stands in it."""

    number: str
    body: "Body | None" = None
    district: str = ""
    pairs: tuple[tuple[str, str], ...] = field(default=())


def shown_rows(numbers: Iterable[str], day: date) -> dict[str, Shown]:
    """This function will find certificates, candidates, plans, sittings and bodies by their numbers, in a few queries however many there are, and who
    supervises them on `day`; what is none of these stands by its number alone."""
    wanted = list(dict.fromkeys(numbers))
    found: dict[str, Shown] = {}
    papers = certificates.by_numbers(one for one in wanted if _CERTIFICATE.match(one))
    districts = compared.venue_districts({one.plan_number for one in papers.values()})
    found |= {number: _certificate(one, districts.get(one.plan_number, ""), day) for number, one in papers.items()}
    rest = [one for one in wanted if one not in found]
    found |= {number: _candidate(one, day) for number, one in compared.candidates_named(_starting(rest, "KS")).items()}
    found |= {number: _plan(one, day) for number, one in compared.plans_named(_starting(rest, "JH")).items()}
    rest = [one for one in rest if one not in found]
    found |= {number: _sitting(one, day) for number, one in compared.sittings_named(rest).items()} if rest else {}
    rest = [one for one in rest if one not in found]
    found |= {one.number: _body(one) for one in bodies_named(rest)} if rest else {}
    return {number: found.get(number, Shown(number)) for number in wanted}


def _starting(numbers: Iterable[str], prefix: str) -> list[str]:
    return [one for one in numbers if one.startswith(prefix)]


def _district(body: "Body", venue_in: str, day: date) -> str:
    return supervising_district(BodyKind(body.kind), Ownership(body.ownership), body.district, venue_in, day)


def _certificate(one: "Certificate", venue_in: str, day: date) -> Shown:
    scores = [f"{label}{score}" for label, score in (("理论", one.theory), ("技能", one.practical), ("综合评审", one.panel)) if score is not None]
    pairs = (
        ("证书编号", one.number),
        ("姓名", one.holder_name),
        ("发证机构", one.body_name),
        ("职业", one.occupation_label),
        ("等级", one.level_label),
        ("发证日期", one.issued_on.isoformat()),
        ("成绩", "，".join(scores) or "—"),
        ("计划", one.plan_number or "—"),
        ("状态", one.standing),
    )
    return Shown(one.number, one.body, _district(one.body, venue_in, day), pairs)


def _candidate(one: "Candidate", day: date) -> Shown:
    pairs = (
        ("考生编号", one.number),
        ("姓名", one.name),
        ("证件号码", one.person.id_masked),
        ("评价机构", one.plan.body.name),
        ("职业", one.plan.occupation.name),
        ("等级", Level(one.plan.level).label),
        ("工作单位", one.employer or "—"),
        ("申报日期", one.applied_on.isoformat()),
        ("计划", one.plan.number),
    )
    return Shown(one.number, one.plan.body, _district(one.plan.body, one.plan.venue.district, day), pairs)


def _plan(one: "Plan", day: date) -> Shown:
    pairs = (
        ("计划编号", one.number),
        ("计划", one.title),
        ("评价机构", one.body.name),
        ("职业", one.occupation.name),
        ("等级", Level(one.level).label),
        ("考试日期", one.exam_on.isoformat()),
        ("计划人数", str(one.quota)),
        ("考核点", one.venue.name),
    )
    return Shown(one.number, one.body, _district(one.body, one.venue.district, day), pairs)


def _sitting(one: "Sitting", day: date) -> Shown:
    begins, ends = localtime(one.starts_at), localtime(one.ends_at)
    pairs = (
        ("场次编号", one.number),
        ("评价机构", one.plan.body.name),
        ("考核点", one.plan.venue.name),
        ("考场", one.room.name),
        ("科目", one.get_part_display()),
        ("时间", f"{begins:%Y-%m-%d %H:%M}至{ends:%H:%M}"),
        ("座位数", str(one.room.seats)),
        ("计划", one.plan.number),
    )
    return Shown(one.number, one.plan.body, _district(one.plan.body, one.plan.venue.district, day), pairs)


def _body(one: "Body") -> Shown:
    pairs = (("机构编号", one.number), ("评价机构", one.name), ("统一社会信用代码", one.uscc), ("类别", one.get_kind_display()))
    return Shown(one.number, one, one.district, pairs)
