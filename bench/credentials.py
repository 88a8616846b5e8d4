"""一次查验: how many signed certificates, QR codes and receipts does one core check in a second, beside the bare signature check under them?

`python -m bench.credentials` measures them and puts the section into docs/benchmarks.md.
"""

import hashlib
import os
from collections.abc import Callable
from statistics import median
from time import perf_counter

from bench.section import put_section
from tests.trust.receipts import KEY, receipt
from tests.trust.signed import BODY, NOW, ORIGIN, claims, clear, credential, issuers
from touchstone.trust.canonical import canonical, parse
from touchstone.trust.claims import build
from touchstone.trust.credentials import check
from touchstone.trust.issuers import method_of
from touchstone.trust.proofs import secure
from touchstone.trust.qr import address, open_sealed, seal
from touchstone.trust.receipts import receipt_step
from touchstone.trust.status_lists import read_list

TITLE = "## 十一、查验签名证书"
REPEATS, SECONDS, DIFFERENT = 5, 1.0, 64


def rate(work: Callable[[int], object]) -> list[float]:
    """Times a second, in each of five repeats on one core."""
    found = []
    for _ in range(REPEATS):
        done, started = 0, perf_counter()
        while perf_counter() - started < SECONDS:
            for number in range(DIFFERENT):
                work(number)
            done += DIFFERENT
        found.append(done / (perf_counter() - started))
    return sorted(found)


def contenders() -> list[tuple[str, Callable[[int], object]]]:
    """What is measured, each on 64 different certificates."""
    made = [claims(number=f"S00003100001226300{number:04d}", status_index=number * 2000) for number in range(DIFFERENT)]
    documents = [canonical(credential(one)) for one in made]
    codes = [address(ORIGIN, seal(one, BODY, origin=ORIGIN)) for one in made]
    known, lists = issuers(), [read_list(one, issuers()) for one in clear()]
    messages = [hashlib.sha256(one).digest() * 2 for one in documents]
    signatures = [BODY.sign(one) for one in messages]
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    bare = Ed25519PublicKey.from_public_bytes(BODY.public_key)
    logged, proof = credential(), receipt()
    method = method_of(ORIGIN, made[0].body_code, BODY.public_key)

    def whole(number: int) -> None:
        assert check(parse(documents[number]), known, at=NOW, lists=lists).good

    def code(number: int) -> None:
        assert open_sealed(codes[number], known, at=NOW, lists=lists).verdict.good

    return [
        ("裸验签（cryptography，Ed25519，64字节）", lambda number: bare.verify(signatures[number], messages[number])),
        ("二维码：取出、验签、查签发者、日期和状态", code),
        ("证书凭证：读JSON、规范化、验签、查签发者、日期和状态", whole),
        ("存证回执：读回执、核对路径与检查点签名", lambda number: receipt_step(logged, proof, [KEY])),
        ("签发凭证", lambda number: secure(build(made[number], origin=ORIGIN), BODY, method=method, at=NOW)),
        ("签发二维码", lambda number: seal(made[number], BODY, origin=ORIGIN)),
    ]


def section() -> list[str]:
    """The section of the report."""
    found = [(name, rate(work)) for name, work in contenders()]
    first = median(found[0][1])
    lines = [
        f"| {name} | {median(rates):,.0f}（{rates[0]:,.0f}–{rates[-1]:,.0f}） | {1e6 / median(rates):,.0f} | {first / median(rates):.1f} |"
        for name, rates in found
    ]
    return [
        TITLE,
        "",
        f"一个核，{DIFFERENT}本不同的证书轮流，名录与状态列表已读好，重复{REPEATS}次，列中位数（最低–最高）；"
        f"开始时系统负载 {os.getloadavg()[0]:.1f}。",
        "",
        "| | 次/秒 | 每次微秒 | 为裸验签的几倍时间 |",
        "|---|---|---|---|",
        *lines,
    ]


if __name__ == "__main__":
    made = section()
    print("\n".join(made))
    put_section(made)
