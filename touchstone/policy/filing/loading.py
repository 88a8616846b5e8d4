"""存量备案: what was filed before this platform goes on as it stands; which of it is loaded, and by which route does it go on?

`通知 四(一)`; choice 7: bodies filed before 2024-05-01 are loaded as they stand and follow the new rules from their next step.
"""

from datetime import date

from touchstone.kernel.law import Dated, Refusal, Value
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default
from touchstone.policy.filing.routes import IN_FORCE_FROM, which_route
from touchstone.policy.roles import BodyKind, Ownership

AS_IT_STANDS = Dated(
    "施行前已经备案的照原样装入，从下一环节起适用新规定", Value(IN_FORCE_FROM, True, our_default("存量备案的装入")), key="filing.loaded_as_it_stands"
)
ASSOCIATION_ROUTE = Dated(
    "协会原有企业评价备案的管理路线",
    Value(IN_FORCE_FROM, "central_enterprise", our_default("协会原有企业评价备案")),
    key="filing.route_of_associations",
)


@rule("装入的备案已经生效")
def begun_before(term: Period, day: date) -> Finding:
    """Whether a filing of before may be loaded on `day`: it must have begun, and have ended, if it has, after it began."""
    clause = AS_IT_STANDS.on(max(day, IN_FORCE_FROM)).clause
    if term.until is not None and term.until <= term.since:
        return unmet(f"备案有效期至的日子早于生效日{term.since}", clause)
    if day < term.since:
        return unmet(f"备案自{term.since}起才生效，尚未生效的不装入", clause)
    return met(f"备案自{term.since}起生效，可以装入", clause)


@rule("装入的备案当天仍在有效期内")
def still_in_force(term: Period, day: date) -> Finding:
    """Whether a filing of before goes on here on `day`; what has ended is loaded as history, and stands in the register with its days only."""
    clause = AS_IT_STANDS.on(max(day, IN_FORCE_FROM)).clause
    if day not in term:
        return unmet(f"备案已于{term.until}前期满，作为历史备案装入", clause)
    return met(f"备案自{term.since}起有效，照原样装入", clause)


def route_as_filed(kind: BodyKind, ownership: Ownership, day: date) -> str:
    """This function will give the route by which a filing of before goes on: that of its kind of body. An association filed as an enterprise
    (which nobody can newly become) stays with the office that filed it, the city's centre, until it moves into the social kind."""
    counts = max(day, IN_FORCE_FROM)
    try:
        return which_route(kind, ownership, counts).key
    except Refusal:
        return ASSOCIATION_ROUTE.on(counts).value
