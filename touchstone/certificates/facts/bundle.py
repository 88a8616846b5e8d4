"""签发者名录: what is published of every key, so that anybody can tell whose it is?

Entries stay after a key is retired and after its body has gone, with an end.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.timezone import make_aware

from touchstone.certificates.facts.keys import city_root, code_of
from touchstone.trust import issuers
from touchstone.trust.multibase import from_base58

if TYPE_CHECKING:
    from touchstone.certificates.models import IssuerKey


def origin() -> str:
    """This function will give our public address, which stands in every credential."""
    return settings.PUBLIC_URL.rstrip("/")


def entry_of(row: "IssuerKey", *, also_called: Iterable[str] = ()) -> dict[str, Any]:
    """This function will give the entry of a key, countersigned by the city root. Names of the body that stand on certificates (`also_called`) are
    kept.

    :raises ValueError: while there is no city root.
    """
    root = city_root()
    if root is None:
        raise ValueError("no city root")
    return issuers.countersign(_plain(row, also_called), root).as_entry()


def names_of(row: "IssuerKey") -> set[str]:
    """This function will give the names of the owner under which the key is known."""
    return {row.entry["name"], *row.entry["formerly"]} if row.entry else set()


def bundle(rows: Iterable["IssuerKey"], at: datetime) -> dict[str, Any] | None:
    """This function will give the published list of keys, signed by the city root; None while there is none."""
    root = city_root()
    if root is None:
        return None
    entries = [replace(_plain(row), countersignature=from_base58(row.entry["countersignature"])) for row in rows]
    return issuers.bundle(entries, root, origins=[origin(), *settings.FORMER_PUBLIC_URLS], at=at)


def _plain(row: "IssuerKey", also_called: Iterable[str] = ()) -> issuers.IssuerKey:
    assert row.countersigned_at is not None
    called = names_of(row) | set(also_called)
    name = row.entry.get("name", row.owner_name)
    return issuers.IssuerKey(
        code=code_of(row),
        name=name,
        key=bytes(row.public_key),
        valid_from=row.countersigned_at.replace(microsecond=0),
        valid_until=(row.retired_at or make_aware(datetime.combine(row.until, time()))).replace(microsecond=0),
        formerly=tuple(sorted(called - {name})),
        sm2=bytes(row.sm2_key),
        distrusted=row.leaked,
    )
