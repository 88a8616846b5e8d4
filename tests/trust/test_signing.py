"""签名与公钥: which keys are taken in, and which signatures hold?"""

import pytest

from touchstone.trust.curve import KeyRefused, L, P
from touchstone.trust.multibase import Misspelt, base58, base64url, from_base58, from_base64url
from touchstone.trust.signing import ED25519, SM2_SM3, SoftwareKey, SoftwareSM2Key, check_public_key, fingerprint, from_multikey, multikey, verify

KEY = SoftwareKey(bytes(range(32)))


def test_a_signature_holds_for_its_message_and_key_only() -> None:
    signed = KEY.sign(b"one")
    assert verify(ED25519, KEY.public_key, b"one", signed)
    assert not verify(ED25519, KEY.public_key, b"two", signed)
    assert not verify(ED25519, SoftwareKey.generate().public_key, b"one", signed)
    assert not verify(ED25519, KEY.public_key, b"one", signed + b"\0")


def test_the_other_spelling_of_a_signature_does_not_hold() -> None:
    """S and S + L verify alike for a careless reader."""
    signed = KEY.sign(b"one")
    heavier = (int.from_bytes(signed[32:], "little") + L).to_bytes(32, "little")
    assert not verify(ED25519, KEY.public_key, b"one", signed[:32] + heavier)


def test_sm2_stands_behind_the_same_protocol() -> None:
    key = SoftwareSM2Key.generate()
    signed = key.sign(b"one")
    assert (len(key.public_key), len(signed)) == (64, 64)
    assert verify(SM2_SM3, key.public_key, b"one", signed)
    assert not verify(SM2_SM3, key.public_key, b"two", signed)
    assert not verify(SM2_SM3, key.public_key, b"one", bytes(64))
    assert from_multikey(multikey(key.public_key, SM2_SM3)) == (SM2_SM3, key.public_key)


def low_order_points() -> list[bytes]:
    """The eight points that a small multiple brings to zero, found by halving, each with both signs."""
    root = pow(2, (P - 1) // 4, P)
    d = -121665 * pow(121666, P - 2, P) % P
    found = {0, 1, P - 1}
    # order 8: doubling gives y = 0, so x² = -y², and the curve leaves d·y⁴ + 2·y² - 1 = 0
    inner = _root((1 + d) % P, root)
    for sign in (1, -1):
        if inner is not None:
            y = _root((sign * inner - 1) * pow(d, P - 2, P) % P, root)
            found |= {y, P - y} if y is not None else set()
    return [(y | sign << 255).to_bytes(32, "little") for y in sorted(found) for sign in (0, 1)]


def _root(square: int, root: int) -> int | None:
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square % P:
        x = x * root % P
    return x if x * x % P == square % P else None


@pytest.mark.parametrize("raw", low_order_points(), ids=lambda raw: raw.hex()[:12])
def test_a_key_anybody_can_sign_for_is_refused(raw: bytes) -> None:
    with pytest.raises(KeyRefused):
        check_public_key(raw)


@pytest.mark.parametrize("y", [P, P + 1, P + 3, 2**255 - 1])
def test_a_key_with_two_spellings_is_refused(y: int) -> None:
    with pytest.raises(KeyRefused, match="写法不规范"):
        check_public_key(y.to_bytes(32, "little"))


def test_all_eight_are_tried() -> None:
    assert sum(_refused(raw) == "公钥的阶过小，任何人都能为它造出签名。" for raw in low_order_points()) == 8


def test_what_is_no_key_is_refused() -> None:
    off = next(y.to_bytes(32, "little") for y in range(2, 50) if _refused(y.to_bytes(32, "little")) == "公钥不在曲线上。")
    assert _refused(off)
    assert "32字节" in _refused(KEY.public_key[:31])
    assert "曲线" in _refused(bytes(64), SM2_SM3)
    assert _refused(bytes(33), SM2_SM3)


def _refused(raw: bytes, algorithm: str = ED25519) -> str:
    try:
        check_public_key(raw, algorithm)
    except KeyRefused as fault:
        return str(fault)
    return ""


def test_keys_are_written_as_multikey_and_compared_by_fingerprint() -> None:
    assert multikey(KEY.public_key).startswith("z6Mk")
    assert from_multikey(multikey(KEY.public_key)) == (ED25519, KEY.public_key)
    assert len(fingerprint(KEY.public_key)) == 64
    for wrong in ("", "z", "z6Mk", "u" + multikey(KEY.public_key)[1:], base58(b"\x12\x00" + bytes(33)), 7, None):
        with pytest.raises(KeyRefused):
            from_multikey(wrong)


@pytest.mark.parametrize("raw", [b"", b"\0", b"\0\0a", bytes(range(64)), b"\xff" * 32], ids=len)
def test_codings_have_one_spelling(raw: bytes) -> None:
    assert from_base58(base58(raw)) == raw
    assert from_base64url(base64url(raw)) == raw


@pytest.mark.parametrize("text", ["AB", "AAB", "AA==", "A", "+/+/", "é", " AAA", "AAA\n"])
def test_another_spelling_of_base64url_is_not_read(text: str) -> None:
    with pytest.raises(Misspelt):
        from_base64url(text)
