"""签发者名录: whose key may sign certificates, since when and until when? Published at `/issuers.json`.

Every key of a body is countersigned by the city root; a reader pins the root, and nothing else. Certificates stay verifiable after a body has gone:
its entry stays, with an end. One entry, `CITY`, signs status lists and never certificates; a body's key never signs a list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from touchstone.trust.canonical import Malformed, canonical
from touchstone.trust.curve import KeyRefused
from touchstone.trust.instants import moment, read_moment
from touchstone.trust.multibase import Misspelt, base58, from_base58
from touchstone.trust.proofs import holds, secure
from touchstone.trust.signing import ED25519, SM2_SM3, CryptoProvider, from_multikey, multikey, short_name, verify

CITY = "CITY"
_DOMAIN = b"touchstone/issuer-key/v1\n"
_FIELDS = {"code", "name", "formerly", "key", "sm2", "validFrom", "validUntil", "distrusted", "countersignature"}
_BUNDLE = {"kind", "origins", "publishedAt", "keys", "proof"}
KIND = "touchstone/issuers/v1"


class IssuersBroken(ValueError):
    """The list of issuers is not one the pinned root stands for; the message is a Chinese sentence."""


@dataclass(frozen=True)
class IssuerKey:
    """One key of one body. `formerly`: names it had while the key was in use. `distrusted`: the secret is no longer the body's alone, so a signature
    counts only with a receipt that it was in the log before."""

    code: str
    name: str
    key: bytes
    valid_from: datetime
    valid_until: datetime | None = None
    formerly: tuple[str, ...] = ()
    sm2: bytes | None = None
    distrusted: bool = False
    countersignature: bytes = b""

    def as_entry(self) -> dict[str, Any]:
        """This method will give the entry as it is published."""
        return {**self._said(), "countersignature": base58(self.countersignature)}

    def statement(self) -> bytes:
        """This method will give what the root signs."""
        return _DOMAIN + canonical(self._said())

    def _said(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": self.name,
            "formerly": list(self.formerly),
            "key": multikey(self.key),
            "sm2": multikey(self.sm2, SM2_SM3) if self.sm2 else None,
            "validFrom": moment(self.valid_from),
            "validUntil": moment(self.valid_until) if self.valid_until else None,
            "distrusted": self.distrusted,
        }

    def valid_on(self, at: datetime) -> bool:
        """This method will say whether the key was the body's at a moment."""
        return self.valid_from <= at and (self.valid_until is None or at < self.valid_until)

    def has_name(self, name: str) -> bool:
        """This method will say whether the body is or was called so."""
        return name == self.name or name in self.formerly


def countersign(entry: IssuerKey, root: CryptoProvider) -> IssuerKey:
    """This function will give the entry countersigned by the root, its moments to the second. :raises KeyRefused: for a key nobody may use."""
    from_multikey(multikey(entry.key))
    until = entry.valid_until.replace(microsecond=0) if entry.valid_until else None
    plain = replace(entry, valid_from=entry.valid_from.replace(microsecond=0), valid_until=until)
    return replace(plain, countersignature=root.sign(plain.statement()))


def bundle(entries: Iterable[IssuerKey], root: CryptoProvider, *, origins: Sequence[str], at: datetime) -> dict[str, Any]:
    """This function will give the whole list for publication, secured by the root; `origins` are the addresses of ours that QR codes may carry."""
    document = {
        "kind": KIND,
        "origins": [origin.rstrip("/") for origin in origins],
        "publishedAt": moment(at),
        "keys": [entry.as_entry() for entry in entries],
    }
    return secure(document, root, method=f"{document['origins'][0]}/issuers.json#{multikey(root.public_key)}", at=at)


@dataclass(frozen=True)
class Issuers:
    """The list, read and checked against the pinned root."""

    origins: tuple[str, ...]
    published_at: datetime
    keys: tuple[IssuerKey, ...]
    _by_key: Mapping[bytes, IssuerKey] = field(repr=False)
    _by_short_name: Mapping[bytes, tuple[IssuerKey, ...]] = field(repr=False)

    @staticmethod
    def read(document: object, root: bytes) -> "Issuers":
        """This method will read a published list under the pinned root key (32 bytes). :raises IssuersBroken:"""
        if not isinstance(document, dict) or set(document) != _BUNDLE or document["kind"] != KIND or not isinstance(document["keys"], list):
            raise IssuersBroken("签发者名录的格式不对。")
        if not holds(document, document["proof"], root):
            raise IssuersBroken("签发者名录不是由信任的市级根密钥签署的，或被改动过。")
        try:
            origins = tuple(str(one) for one in document["origins"])
            published = read_moment(document["publishedAt"])
            keys = tuple(_entry(one, root) for one in document["keys"])
        except (Malformed, Misspelt, KeyRefused, ValueError, TypeError, KeyError) as fault:
            if isinstance(fault, IssuersBroken):
                raise
            raise IssuersBroken("签发者名录中有一条读不懂。") from fault
        by_key = {one.key: one for one in keys}
        if len(by_key) < len(keys):
            raise IssuersBroken("签发者名录中同一把公钥登记了两次。")
        named: dict[bytes, tuple[IssuerKey, ...]] = {}
        for one in keys:
            named[short_name(one.key)] = (*named.get(short_name(one.key), ()), one)
        return Issuers(origins, published, keys, by_key, named)

    def of(self, key: bytes) -> IssuerKey | None:
        """This method will give the entry of a key."""
        return self._by_key.get(key)

    def named(self, short: bytes) -> tuple[IssuerKey, ...]:
        """This method will give the entries a QR code's 8 bytes may mean."""
        return self._by_short_name.get(short, ())

    def of_body(self, code: str) -> tuple[IssuerKey, ...]:
        """This method will give the keys of one body, the latest first."""
        return tuple(sorted((one for one in self.keys if one.code == code), key=lambda one: one.valid_from, reverse=True))


def address_of(origin: str, code: str) -> str:
    """This function will give the address by which a credential names a body."""
    return f"{origin.rstrip('/')}/issuers/{code}"


def method_of(origin: str, code: str, key: bytes, algorithm: str = ED25519) -> str:
    """This function will give the address by which a proof names a key of a body."""
    return f"{address_of(origin, code)}#{multikey(key, algorithm)}"


def _entry(held: object, root: bytes) -> IssuerKey:
    if not isinstance(held, dict) or set(held) != _FIELDS:
        raise IssuersBroken("签发者名录中有一条缺少字段。")
    algorithm, key = from_multikey(held["key"])
    second = from_multikey(held["sm2"]) if held["sm2"] is not None else None
    if algorithm != ED25519 or (second and second[0] != SM2_SM3):
        raise IssuersBroken("签发者名录中有一把公钥的种类不对。")
    found = IssuerKey(
        code=held["code"],
        name=held["name"],
        key=key,
        valid_from=read_moment(held["validFrom"]),
        valid_until=read_moment(held["validUntil"]) if held["validUntil"] is not None else None,
        formerly=tuple(held["formerly"]),
        sm2=second[1] if second else None,
        distrusted=held["distrusted"],
        countersignature=from_base58(held["countersignature"]),
    )
    if canonical(found.as_entry()) != canonical(held) or not verify(ED25519, root, found.statement(), found.countersignature):
        raise IssuersBroken(f"签发者名录中“{found.name}”的一把公钥没有市级根密钥的会签。")
    return found
