"""签名: who signs, with which algorithm, and does a signature hold?

A `CryptoProvider` is a key that can sign: in software here, in a hardware module elsewhere. Ed25519 is what everybody checks; SM2 with SM3 stands
beside it for domestic legal use, behind the same protocol.
"""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from touchstone.trust.curve import KeyRefused, check_point
from touchstone.trust.multibase import Misspelt, base58, from_base58

ED25519, SM2_SM3 = "Ed25519", "SM2-SM3"
_PREFIXES = {ED25519: b"\xed\x01", SM2_SM3: b"\x86\x24"}  # multicodec: ed25519-pub, sm2-pub
_LENGTHS = {ED25519: 32, SM2_SM3: 64}
_SM2_ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123


class CryptoProvider(Protocol):
    """A key that signs; where its secret is, is its own matter."""

    @property
    def algorithm(self) -> str:
        """`Ed25519` or `SM2-SM3`."""

    @property
    def public_key(self) -> bytes:
        """32 bytes of Ed25519; x and y, 64 bytes, of SM2."""

    def sign(self, message: bytes) -> bytes:
        """Give the signature, 64 bytes."""


@dataclass(frozen=True)
class SoftwareKey:
    """An Ed25519 key in memory; `secret` is its 32-byte seed."""

    secret: bytes = field(repr=False)

    @staticmethod
    def generate() -> "SoftwareKey":
        """This method will make a new key."""
        return SoftwareKey(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def algorithm(self) -> str:
        return ED25519

    @property
    def public_key(self) -> bytes:
        return _private(self.secret).public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """This method will sign a message."""
        return _private(self.secret).sign(message)


@lru_cache(maxsize=256)
def _private(secret: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(secret)


@dataclass(frozen=True)
class SoftwareSM2Key:
    """An SM2 key in memory: 32 bytes of secret and the 64 of its public key."""

    secret: bytes = field(repr=False)
    public_key: bytes

    @staticmethod
    def generate() -> "SoftwareSM2Key":
        """This method will make a new key."""
        from gmssl_pyx import sm2_key_generate

        public, secret = sm2_key_generate()
        return SoftwareSM2Key(secret, public)

    @property
    def algorithm(self) -> str:
        return SM2_SM3

    def sign(self, message: bytes) -> bytes:
        """This method will sign a message; r and s, 32 bytes each."""
        from gmssl_pyx import sm2_sign

        r, s = decode_dss_signature(sm2_sign(self.secret, self.public_key, message))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


@lru_cache(maxsize=4096)
def check_public_key(raw: bytes, algorithm: str = ED25519) -> None:
    """This function will refuse a public key that is of low order, not canonical, or no point of the curve. :raises KeyRefused:"""
    if algorithm == ED25519:
        return check_point(raw)
    if algorithm != SM2_SM3 or len(raw) != _LENGTHS[SM2_SM3]:
        raise KeyRefused("不认识的公钥。")
    from gmssl_pyx import normalize_sm2_public_key

    try:  # the curve has prime order: every point but the zero one, which has no coordinates, is good
        if normalize_sm2_public_key(_compressed(raw)) != raw:
            raise KeyRefused("公钥不在曲线上。")
    except KeyRefused:
        raise
    except Exception as fault:
        raise KeyRefused("公钥不在曲线上。") from fault


def verify(algorithm: str, public_key: bytes, message: bytes, signature: bytes) -> bool:
    """This function will say whether a signature of 64 bytes holds; the key must have passed `check_public_key` when it was taken in."""
    if len(signature) != 64 or len(public_key) != _LENGTHS.get(algorithm):
        return False
    if algorithm == ED25519:
        try:
            _public(public_key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if not (0 < r < _SM2_ORDER and 0 < s < _SM2_ORDER):
        return False
    from gmssl_pyx import GmsslInnerError, sm2_verify

    try:
        return bool(sm2_verify(public_key, message, encode_dss_signature(r, s)))
    except GmsslInnerError:
        return False


@lru_cache(maxsize=4096)
def _public(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)


def fingerprint(raw: bytes) -> str:
    """This function will give the SHA-256 of a public key, in hexadecimal: what people compare."""
    return hashlib.sha256(raw).hexdigest()


def short_name(raw: bytes) -> bytes:
    """This function will give the 8 bytes by which a QR code names its key."""
    return hashlib.sha256(raw).digest()[:8]


@lru_cache(maxsize=4096)
def multikey(raw: bytes, algorithm: str = ED25519) -> str:
    """This function will write a public key as W3C Multikey."""
    return base58(_PREFIXES[algorithm] + (raw if algorithm == ED25519 else _compressed(raw)))


def from_multikey(text: object) -> tuple[str, bytes]:
    """This function will read a Multikey into (algorithm, public key), checked. :raises KeyRefused:"""
    try:
        held = from_base58(text)
    except Misspelt as fault:
        raise KeyRefused("公钥写法不对，应为z开头的Multikey。") from fault
    prefix, raw = held[:2], held[2:]
    algorithm = next((name for name, known in _PREFIXES.items() if known == prefix), "")
    if not algorithm:
        raise KeyRefused("不认识的公钥种类。")
    if algorithm == SM2_SM3:
        raw = _whole_point(raw)
    check_public_key(raw, algorithm)
    return algorithm, raw


def _compressed(raw: bytes) -> bytes:
    return bytes([2 + (raw[63] & 1)]) + raw[:32]


def _whole_point(raw: bytes) -> bytes:
    from gmssl_pyx import normalize_sm2_public_key

    try:
        found = bytes(normalize_sm2_public_key(raw))
    except Exception as fault:
        raise KeyRefused("公钥不在曲线上。") from fault
    if len(raw) != 33:
        raise KeyRefused("公钥的写法不规范，同一把公钥可有两种写法。")
    return found
