"""登记链接: which page shows the entry of a register with this number?"""

from django.urls import reverse

_BY_NUMBER = {"XY": "agreement", "WT": "commission", "XS": "subsidiary", "SD": "pilot", "QB": "enterprise_standard", "XT": "apprentice"}
_BY_KEY = {"ZG": "worker", "XJ": "student"}


def entry_url(number: str) -> str:
    """This function will give the body's page of an entry, or an empty string where there is none."""
    kind, rest = number[:2], number[2:]
    if kind in _BY_NUMBER:
        return reverse(f"body:{_BY_NUMBER[kind]}", args=[number])
    return reverse(f"body:{_BY_KEY[kind]}", args=[int(rest)]) if kind in _BY_KEY and rest.isdigit() else ""
