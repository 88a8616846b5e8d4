"""密钥事实: how are the city root and the bodies' keys opened, and what do rules read of them?

The city root lies in a file of its own that only the platform's user reads; a body's private key lies sealed in its row (`trust.fields`).
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from touchstone.accounts.people import field_key
from touchstone.certificates.states import KeyState
from touchstone.policy.certificates.keys import KeyFacts, OwnerFacts
from touchstone.trust.issuers import CITY
from touchstone.trust.signing import SoftwareKey, SoftwareSM2Key

if TYPE_CHECKING:
    from touchstone.certificates.models import IssuerKey


def city_root_file() -> Path:
    """This function will name the file of the city root."""
    return Path(settings.CITY_ROOT_FILE)


def city_root() -> SoftwareKey | None:
    """This function will open the city root; None while it was not made."""
    path = city_root_file()
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> SoftwareKey:
    return SoftwareKey(bytes.fromhex(path.read_text(encoding="ascii").strip()))


@dataclass(frozen=True)
class Pair:
    """The two keys that sign beside each other."""

    first: SoftwareKey
    second: SoftwareSM2Key


def new_pair() -> Pair:
    """This function will make new keys."""
    return Pair(SoftwareKey.generate(), SoftwareSM2Key.generate())


def sealed_pair(number: str, pair: Pair) -> bytes:
    """This function will seal the private halves for the row with this number."""
    return field_key().seal_bytes(pair.first.secret + pair.second.secret, _place(number))


def opened_pair(row: "IssuerKey") -> Pair:
    """This function will open the private halves of a key. :raises ValueError: when it is retired, for then they were destroyed."""
    if row.private_sealed is None:
        raise ValueError(f"{row.number} 已停用, 没有私钥")
    secret = field_key().open_bytes(bytes(row.private_sealed), _place(row.number))
    return Pair(SoftwareKey(secret[:32]), SoftwareSM2Key(secret[32:], bytes(row.sm2_key)))


def key_facts(row: "IssuerKey") -> KeyFacts:
    """This function will give what rules read of a key."""
    return KeyFacts(row.since, row.until, row.countersigned_at is not None, row.state == KeyState.RETIRED)


def owner_facts(row: "IssuerKey") -> OwnerFacts:
    """This function will give what rules read of a body's key that is to be countersigned."""
    body = row.body
    if body is None:
        return OwnerFacts(row.owner_name, CITY, is_gone=False, waiting=row.state == KeyState.MADE)
    return OwnerFacts(row.owner_name, body.site_code or "", body.gone_on is not None, row.state == KeyState.MADE)


def code_of(row: "IssuerKey") -> str:
    """This function will give the code under which a key stands in the published bundle."""
    return row.body.number if row.body else CITY


def _place(number: str) -> str:
    return f"certificates_issuerkey|{number}|private"
