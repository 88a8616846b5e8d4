"""地域与行业选择: which districts and fields does a form offer, and how are they written?"""

from touchstone.accounts.queries import industries
from touchstone.policy.districts import DISTRICTS, OUTSIDE
from touchstone.policy.industries import INDUSTRIES, industry_name

DISTRICT_CHOICES = sorted(DISTRICTS.items())
VENUE_DISTRICT_CHOICES = [*DISTRICT_CHOICES, ("outside", OUTSIDE)]


def industry_choices() -> list[tuple[str, str]]:
    """This function will offer the fields this installation has entered; before any is, those we ship."""
    entered = [(row.key, row.name) for row in industries()]
    return entered or sorted(INDUSTRIES.items(), key=lambda item: item[1])


def industry_label(key: str) -> str:
    """This function will name a field of industry."""
    return dict(industry_choices()).get(key) or industry_name(key)
