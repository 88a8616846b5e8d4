"""申请事项: a new filing, a change of one, or its renewal, and which steps of the route does each need?

The notice names change and renewal (`通知 三(四)3`) and leaves their steps open: ours are dated defaults.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.routes import Route
from touchstone.policy.documents import our_default

_SINCE = date(2024, 5, 1)


class Purpose(StrEnum):
    """What an application is for."""

    NEW = "new"
    AMEND = "amend"
    RENEW = "renew"

    @property
    def label(self) -> str:
        return {"new": "新申请", "amend": "备案变更", "renew": "续期"}[self.value]


class Change(StrEnum):
    """What an amendment changes."""

    OCCUPATION = "occupation"
    LEVEL = "level"
    VENUE = "venue"
    STANDARD = "standard"
    PEOPLE = "people"
    NAME = "name"

    @property
    def label(self) -> str:
        return {
            "occupation": "职业（工种）",
            "level": "等级",
            "venue": "考核点",
            "standard": "依据的标准",
            "people": "主要人员",
            "name": "机构名称",
        }[self.value]


_DECIDED = frozenset({"decision", "report_to_centre", "sign_for_report", "registration"})
_AGREED = frozenset({"consent", "consent_of_authority", "consent_of_venues"})
_GATES = frozenset({"project_recommendation", "project_selection", "body_selection"})
_JUDGED = frozenset({"technical_assessment", "first_opinion", "expert_re_review", "public_notice"})

STEPS_OF_CHANGE: Dated[Mapping[Change, frozenset[str]]] = Dated(
    "各类备案变更应经过的环节",
    Value(
        _SINCE,
        {
            Change.OCCUPATION: _GATES | _AGREED | _JUDGED | _DECIDED,
            Change.LEVEL: _GATES | _AGREED | _JUDGED | _DECIDED,
            Change.VENUE: _AGREED | _JUDGED | _DECIDED,
            Change.STANDARD: frozenset({"technical_assessment"}) | _DECIDED,
            Change.PEOPLE: _DECIDED,
            Change.NAME: _DECIDED,
        },
        our_default("备案变更环节"),
    ),
    key="filing.steps_of_change",
)
STEPS_OF_RENEWAL: Dated[frozenset[str]] = Dated(
    "续期应经过的环节", Value(_SINCE, _JUDGED | _DECIDED, our_default("续期环节")), key="filing.steps_of_renewal"
)


def route_for(route: Route, purpose: Purpose, changes: Iterable[Change], day: date) -> Route:
    """This function will give the steps of a body's route that an application of this purpose goes through, in the route's order.

    :raises ValueError: for an amendment that changes nothing.
    """
    if purpose is Purpose.NEW:
        return route
    if purpose is Purpose.RENEW:
        wanted = STEPS_OF_RENEWAL.on(day).value
    else:
        by_change = STEPS_OF_CHANGE.on(day).value
        wanted = frozenset[str]().union(*(by_change[change] for change in changes))
        if not wanted:
            raise ValueError("an amendment must change something")
    return Route(route.key, f"{route.title}·{purpose.label}", tuple(step for step in route if step.key in wanted))
