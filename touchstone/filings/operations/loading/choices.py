"""选项: which words may stand in the columns of the workbook on a day?"""

from touchstone.accounts.queries import industries
from touchstone.policy.districts import DISTRICTS, OUTSIDE
from touchstone.policy.industries import INDUSTRIES
from touchstone.policy.roles import BodyKind, Ownership
from touchstone.sheets.existing import Choices


def fields() -> dict[str, str]:
    """This function will give each field's key by its name: those this installation has entered, else those we ship."""
    return {row.name: row.key for row in industries()} or {name: key for key, name in INDUSTRIES.items()}


def choices() -> Choices:
    """This function will give the lists behind the drop-downs."""
    districts = tuple(DISTRICTS.values())
    return {
        "kinds": tuple(kind.label for kind in BodyKind),
        "ownerships": tuple(ownership.label for ownership in Ownership),
        "districts": districts,
        "venue_districts": (*districts, OUTSIDE),
        "industries": tuple(sorted(fields())),
    }
