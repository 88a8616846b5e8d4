"""曲线点检查: is a public key a point that only its owner can sign for?

A key of low order lets anybody make signatures that verify; one that is not written canonically has two spellings. Both are refused when a key is
registered (and when a list of keys is read), so that a verifier need not know the difference. Whole numbers only; a few milliseconds a key.
"""

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, P - 2, P) % P
_ROOT = pow(2, (P - 1) // 4, P)

Point = tuple[int, int, int, int]  # extended coordinates X, Y, Z, T with x = X/Z, y = Y/Z, x·y = T/Z
_ZERO: Point = (0, 1, 1, 0)


class KeyRefused(ValueError):
    """The bytes are no public key that may be trusted; the message is a Chinese sentence."""


def check_point(raw: bytes) -> None:
    """This function will refuse 32 bytes that are no point, not canonical, or not of the large prime order. :raises KeyRefused:"""
    if len(raw) != 32:
        raise KeyRefused(f"公钥应为32字节，实为{len(raw)}字节。")
    number = int.from_bytes(raw, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        raise KeyRefused("公钥的写法不规范，同一把公钥可有两种写法。")
    square = (y * y - 1) * pow(_D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * _ROOT % P
    if x * x % P != square:
        raise KeyRefused("公钥不在曲线上。")
    if x == 0 and sign:
        raise KeyRefused("公钥的写法不规范，同一把公钥可有两种写法。")
    if x & 1 != sign:
        x = P - x
    point = (x, y, 1, x * y % P)
    if _is_zero(_times(8, point)) or not _is_zero(_times(L, point)):
        raise KeyRefused("公钥的阶过小，任何人都能为它造出签名。")


def _is_zero(point: Point) -> bool:
    return point[0] % P == 0 and (point[1] - point[2]) % P == 0


def _times(number: int, point: Point) -> Point:
    found = _ZERO
    while number:
        if number & 1:
            found = _add(found, point)
        point = _add(point, point)
        number >>= 1
    return found


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * _D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P
