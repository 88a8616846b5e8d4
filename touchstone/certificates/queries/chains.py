"""证书的前后: which certificates rest on this one, which did it take the place of, and which took its own?"""

from collections.abc import Iterable

from django.db.models.fields.json import KeyTextTransform

from touchstone.certificates.models import Certificate


def resting_on(numbers: Iterable[str]) -> dict[str, str]:
    """This function will give, by number, the certificates for which one of `numbers` (or what that one replaces) was a condition, and which one."""
    replaced = predecessors(numbers)
    found: dict[str, str] = {}
    for key in ("earlier_certificate", "held"):
        rows = Certificate.objects.annotate(rests_on=KeyTextTransform(key, "basis")).filter(rests_on__in=list(replaced))
        found |= {number: replaced[rests_on] for number, rests_on in rows.order_by("number").values_list("number", "rests_on")}
    return found


def predecessors(numbers: Iterable[str]) -> dict[str, str]:
    """This function will give every number that one of `numbers` stands in the place of, over several replacements, itself included: to that one."""
    found = {number: number for number in numbers}
    layer = dict(found)
    while layer:
        held = Certificate.objects.filter(number__in=list(layer), basis__has_key="replaces").values_list("number", "basis__replaces")
        layer = {old: layer[number] for number, old in held if old not in found}
        found |= layer
    return found


def successor_of(number: str) -> Certificate | None:
    """This function will give the certificate that was put in the place of this one."""
    rows = Certificate.objects.annotate(old=KeyTextTransform("replaces", "basis"))
    return rows.select_related("body", "holder").filter(old=number).first()
