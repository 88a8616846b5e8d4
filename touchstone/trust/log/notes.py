"""签名文本: who signed this text, and may the signature be relied on? (C2SP signed-note and cosignature/v1, Ed25519)"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.trust.signing import ED25519, SoftwareKey, verify

PLAIN, COSIGNATURE = 1, 4
_NAME = re.compile(r"[^\s+]+")
_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+=*)")
MOST_SIGNATURES = 64


class NoteBroken(ValueError):
    """The text is no signed note, or no key is what it says."""


class NotSigned(NoteBroken):
    """No signature, or a wrong one, by a key that we know."""


@dataclass(frozen=True)
class Verifier:
    """A public key that signs under a name, as a log (`PLAIN`) or as a witness (`COSIGNATURE`)."""

    name: str
    public: bytes
    algorithm: int = PLAIN

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or len(self.public) != 32 or self.algorithm not in (PLAIN, COSIGNATURE):
            raise NoteBroken("the key has no name, or is none of Ed25519")

    @classmethod
    def read(cls, text: str) -> "Verifier":
        """This method will read a verifier key `name+id+base64`. :raises NoteBroken:"""
        parts = text.strip().split("+", 2)
        if len(parts) != 3:
            raise NoteBroken("a verifier key has three parts: name+id+key")
        name, told, key = parts[0], parts[1], unbased(parts[2])
        if len(key) != 33:
            raise NoteBroken("the key is none of Ed25519")
        made = cls(name, key[1:], key[0])
        if made.id.hex() != told:
            raise NoteBroken("the id does not belong to the key")
        return made

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names the key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{based(bytes([self.algorithm]) + self.public)}"

    def check(self, text: str, signature: bytes) -> int:
        """This method will let a signature over a text pass and give the second it was made in (0 where it says none). :raises NotSigned:"""
        second, message = 0, text.encode()
        if self.algorithm == COSIGNATURE:
            second, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = f"cosignature/v1\ntime {second}\n".encode() + message
        if len(signature) != 64 or second >= 1 << 63:
            raise NotSigned(f"the signature of {self.name} has a wrong length")
        if not verify(ED25519, self.public, message, signature):
            raise NotSigned(f"the signature of {self.name} is wrong")
        return second


class Signer:
    """A private key that signs under a name."""

    def __init__(self, name: str, private: bytes, algorithm: int = PLAIN) -> None:
        """:raises NoteBroken: :raises ValueError: for a key that is not 32 bytes."""
        self._key = SoftwareKey(private)
        self.verifier = Verifier(name, self._key.public_key, algorithm)

    def line(self, text: str, second: int = 0) -> str:
        """This method will give the signature line over a text; a witness says the second."""
        if self.verifier.algorithm == COSIGNATURE:
            signature = second.to_bytes(8, "big") + self._key.sign(f"cosignature/v1\ntime {second}\n{text}".encode())
        else:
            signature = self._key.sign(text.encode())
        return f"— {self.verifier.name} {based(self.verifier.id + signature)}\n"

    def signed(self, text: str) -> str:
        """This method will give a text with our signature below. :raises NoteBroken: for one that cannot be signed."""
        check_text(text)
        return f"{text}\n{self.line(text)}"


@dataclass(frozen=True)
class Opened:
    """A note whose signatures were checked: its text, by whom it is signed, and when each witness did (second)."""

    text: str
    by: tuple[Verifier, ...]
    seconds: dict[str, int]

    def witnessed(self) -> int:
        """This method will give the last second at which a witness signed, 0 where none did."""
        return max((self.seconds[one.name] for one in self.by if one.algorithm == COSIGNATURE), default=0)


def opened(note: str, verifiers: Iterable[Verifier]) -> Opened:
    """This function will check a note by the keys that we know; signatures of others are passed over.

    :raises NotSigned: where none of ours signed, or a signature that names ours is wrong. :raises NoteBroken: where it is no note.
    """
    known = {(one.name, one.id): one for one in verifiers}
    text, lines = parted(note)
    by: dict[tuple[str, bytes], Verifier] = {}
    seconds: dict[str, int] = {}
    for name, id_, signature in lines:
        verifier = known.get((name, id_))
        if verifier is not None and (name, id_) not in by:
            second = verifier.check(text, signature)
            by[name, id_] = verifier
            if second:
                seconds[name] = second
    if not by:
        raise NotSigned("none of the keys we know signed this")
    return Opened(text, tuple(by.values()), seconds)


def parted(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """This function will part a note into its text and (name, id, signature) of every line. :raises NoteBroken:"""
    check_text(note)
    text, found, below = note.rpartition("\n\n")[0] + "\n", [], note.rpartition("\n\n")[2]
    if "\n\n" not in note or not below.endswith("\n"):
        raise NoteBroken("a note is a text, an empty line, and signatures")
    lines = below.split("\n")[:-1]
    if not 0 < len(lines) <= MOST_SIGNATURES:
        raise NoteBroken("a note has between one and a few signatures")
    for line in lines:
        match = _LINE.fullmatch(line)
        raw = unbased(match[2]) if match else b""
        if match is None or len(raw) < 5:
            raise NoteBroken("a signature line is misshapen")
        found.append((match[1], raw[:4], raw[4:]))
    return text, found


def check_text(text: str) -> None:
    """This function will let a text pass that a note may hold. :raises NoteBroken:"""
    if not text.endswith("\n") or any(character < " " and character != "\n" for character in text):
        raise NoteBroken("a text ends with a newline and holds no control characters")


def based(raw: bytes) -> str:
    """This function will write bytes in base 64."""
    return base64.b64encode(raw).decode()


def unbased(text: str) -> bytes:
    """This function will read base 64 as it must be written. :raises NoteBroken:"""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteBroken("this is no base 64") from None
    if based(raw) != text:
        raise NoteBroken("this base 64 is not written in the one way")
    return raw
