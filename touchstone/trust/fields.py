"""敏感字段: how are identity numbers and telephones kept so that the table alone reveals nothing?

SM4-GCM with the field's place (`table|row|column`) as associated data, and a keyed HMAC-SM3 as blind index for exact
search. The suite number stands before every sealed value, so that keys and algorithms can change.
"""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

SUITE_SM4_GCM_SM3 = 1
_NONCE, _TAG = 12, 16


class SealBroken(ValueError):
    """The sealed value was altered, moved to another place, or sealed with another key."""


@dataclass(frozen=True)
class FieldKey:
    """The installation's key for sealed fields; 32 bytes: the first half seals, the second makes blind indexes."""

    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != 32:
            raise ValueError("A field key is 32 bytes long")

    @staticmethod
    def from_hex(text: str) -> "FieldKey":
        """This method will read the key. :raises ValueError: when it is not 64 hexadecimal places."""
        return FieldKey(bytes.fromhex(text))

    def seal(self, text: str, place: str) -> bytes:
        """This method will seal `text` for `place`; see `seal_bytes`."""
        return self.seal_bytes(text.encode(), place)

    def open(self, sealed: bytes, place: str) -> str:
        """This method will open a text sealed for `place`. :raises SealBroken: see the class."""
        return self.open_bytes(sealed, place).decode()

    def seal_bytes(self, content: bytes, place: str) -> bytes:
        """This method will seal `content` for `place`: suite (1) · nonce (12) · tag (16) · ciphertext."""
        nonce = os.urandom(_NONCE)
        encryptor = Cipher(algorithms.SM4(self.secret[:16]), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(place.encode())
        sealed = encryptor.update(content) + encryptor.finalize()
        return bytes([SUITE_SM4_GCM_SM3]) + nonce + encryptor.tag + sealed

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """This method will open what was sealed for `place`. :raises SealBroken: see the class."""
        sealed = bytes(sealed)
        if len(sealed) < 1 + _NONCE + _TAG or sealed[0] != SUITE_SM4_GCM_SM3:
            raise SealBroken("unknown suite")
        nonce, tag = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE : 1 + _NONCE + _TAG]
        decryptor = Cipher(algorithms.SM4(self.secret[:16]), modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(place.encode())
        try:
            return decryptor.update(sealed[1 + _NONCE + _TAG :]) + decryptor.finalize()
        except InvalidTag:
            raise SealBroken(place) from None

    def blind_index(self, text: str, column: str) -> bytes:
        """This method will give 32 bytes under which equal values of one column meet, and nothing else."""
        mac = hmac.HMAC(self.secret[16:], hashes.SM3())
        mac.update(column.encode() + b"\0" + text.encode())
        return mac.finalize()
