"""虚构身份: numbers that pass every check and can belong to nobody.

The place codes 319900, 319998 and 319999 were never assigned, and no operator was ever given the numbers beginning with 154.
"""

from datetime import date
from random import Random

from touchstone.kernel.numbers import id_check_place, uscc_check_place

UNASSIGNED_PLACE = "319900"
CROWD_PLACE = "319999"
"""Of the crowd of a synthetic city, so that it never meets the standing cast, whose place is 319900."""
HISTORY_PLACE = "319998"
"""Of those who were evaluated in a city's past."""
UNASSIGNED_PLACES = (UNASSIGNED_PLACE, CROWD_PLACE, HISTORY_PLACE)
SERIALS = 500


def id_number(serial: int, *, birthday: date, male: bool, place: str = UNASSIGNED_PLACE) -> str:
    """This function will give an identity number for a birthday; `serial` 0–499 tells apart those born the same day."""
    order = serial * 2 + (1 if male else 0)
    if not 0 <= order <= 999:
        raise ValueError("serial must lie between 0 and 499")
    first = f"{place}{birthday:%Y%m%d}{order:03d}"
    return first + id_check_place(first)


def uscc(serial: int, *, institution: bool = False) -> str:
    """This function will give a social credit code; `serial` 0–99,999,999 makes the organisation's part."""
    first = f"{'12' if institution else '91'}{UNASSIGNED_PLACE}{serial:08d}X"
    return first + uscc_check_place(first)


def phone(serial: int) -> str:
    """This function will give a mobile number of eleven places that no operator has."""
    return f"154{serial % 10**8:08d}"


class Registry:
    """Hands out identity numbers of the crowd, each once; a day on which all `serials` of one sex were born is left for the next day.

    Several registries that share a place meet nowhere when their `serials` do not. Without a place it is the crowd's, as it stands
    when the registry is made: trials set it, so that each has people of its own.
    """

    def __init__(self, random: Random, *, place: str = "", serials: range = range(SERIALS)) -> None:
        self._random, self._place, self._serials = random, place or CROWD_PLACE, serials
        self._taken: dict[tuple[date, bool], int] = {}

    def enter(self, *, born_from: date, born_until: date, male: bool) -> tuple[str, date]:
        """This method will give a number nobody has yet and its birthday, between two days (both included).

        :raises ValueError: when everybody who can be born in that time has been.
        """
        days = (born_until - born_from).days + 1
        start = self._random.randrange(days)
        for step in range(days):
            birthday = date.fromordinal(born_from.toordinal() + (start + step) % days)
            taken = self._taken.get((birthday, male), 0)
            if taken < len(self._serials):
                self._taken[birthday, male] = taken + 1
                return id_number(self._serials[taken], birthday=birthday, male=male, place=self._place), birthday
        raise ValueError("the days are full")
