"""虚构身份: numbers that pass every check and can belong to nobody.

The place codes 319900 and 319999 were never assigned, and no telephone begins with 100.
"""

from datetime import date

from touchstone.kernel.numbers import id_check_place, uscc_check_place

UNASSIGNED_PLACE = "319900"


def id_number(serial: int, *, birthday: date, male: bool) -> str:
    """This function will give an identity number for a birthday; `serial` 0–499 tells apart those born the same day."""
    order = serial * 2 + (1 if male else 0)
    if not 0 <= order <= 999:
        raise ValueError("serial must lie between 0 and 499")
    first = f"{UNASSIGNED_PLACE}{birthday:%Y%m%d}{order:03d}"
    return first + id_check_place(first)


def uscc(serial: int, *, institution: bool = False) -> str:
    """This function will give a social credit code; `serial` 0–99,999,999 makes the organisation's part."""
    first = f"{'12' if institution else '91'}{UNASSIGNED_PLACE}{serial:08d}X"
    return first + uscc_check_place(first)


def phone(serial: int) -> str:
    """This function will give a mobile number of eleven places that no operator has."""
    return f"100{serial % 10**8:08d}"
