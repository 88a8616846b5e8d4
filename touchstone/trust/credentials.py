"""证书凭证: is this signed certificate genuine, and if not, what exactly is wrong with it?"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from touchstone.trust.canonical import canonical
from touchstone.trust.claims import CertificateClaims, StructureBroken, build, read_claims
from touchstone.trust.curve import KeyRefused
from touchstone.trust.instants import day_of, in_chinese, read_moment
from touchstone.trust.issuers import CITY, IssuerKey, Issuers, method_of
from touchstone.trust.proofs import SUITES, holds, proofs_of, secure
from touchstone.trust.signing import ED25519, SM2_SM3, from_multikey
from touchstone.trust.status_lists import standing
from touchstone.trust.verdicts import Step, Verdict

__all__ = ["CertificateClaims", "StructureBroken", "build", "check", "digest", "method_of", "read_claims", "secure"]

_SLACK = timedelta(minutes=10)  # clocks of phones
_PROOF = {"@context", "type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}
_NO_RECEIPT = Step("receipt", "unknown", "没有附存证回执，未查公开日志。", needed=False)


def digest(document: Mapping[str, Any]) -> str:
    """This function will give the SHA-256 of a secured credential, hexadecimal: what the public log says of it. It holds a salted commitment and a
    signature, so nobody finds a person by it. :raises Malformed:"""
    return hashlib.sha256(canonical(dict(document))).hexdigest()


def check(document: object, issuers: Issuers, *, at: datetime, lists: Iterable[object] = (), receipt: Step | None = None) -> Verdict:
    """This function will check a secured credential, step by step, as of `at`.

    `lists` are the status lists at hand; `receipt` is what the log's proof was found to be (made by who knows the log).
    """
    try:
        claims, origin = read_claims(document)
        assert isinstance(document, dict)
        proofs = _proofs(document, claims)
    except StructureBroken as fault:
        return Verdict((Step("structure", "bad", str(fault)),))
    if origin not in issuers.origins:
        return Verdict((Step("structure", "bad", f"凭证写的地址{origin}不是本市公布的地址。"),))
    steps = [Step("structure", "good", f"是证书{claims.number}的凭证，内容齐全。")]
    made_at = read_moment(proofs[0]["created"])
    entry = _entry(proofs[0], claims, origin, issuers)
    logged = receipt is not None and receipt.outcome == "good"
    steps.append(issuer_step(entry, claims.body_name, made_at, issuers, logged=logged))
    if entry is None:
        steps.append(Step("signature", "unknown", "没有可信的公钥，无法核对签名。"))
    else:
        steps.append(signature_step(holds(document, proofs[0], entry.key)))
        if len(proofs) == 2:
            steps.append(_second(document, proofs[1], entry, origin))
    steps.append(dates_step(claims.issued_on, made_at, at))
    steps.append(standing(claims.status_list, claims.status_index, lists, issuers, at=at))
    return Verdict((*steps, receipt or _NO_RECEIPT))


def _proofs(document: Mapping[str, Any], claims: CertificateClaims) -> list[dict[str, Any]]:
    """The Ed25519 proof and, where there is one, the SM2 proof beside it; each says just what ours say."""
    proofs = proofs_of(document)
    suites = [proof.get("cryptosuite") if isinstance(proof, dict) else None for proof in proofs]
    if suites not in ([SUITES[ED25519]], [SUITES[ED25519], SUITES[SM2_SM3]]) or (len(proofs) == 1) != isinstance(document["proof"], dict):
        raise StructureBroken("凭证没有签名，或签名的种类不对。")
    for proof in proofs:
        try:
            read_moment(proof["created"])
            whole = set(proof) == _PROOF and proof["@context"] == document["@context"] and isinstance(proof["verificationMethod"], str)
        except (KeyError, ValueError) as fault:
            raise StructureBroken("凭证的签名缺少应有的内容。") from fault
        if not whole:
            raise StructureBroken("凭证的签名缺少应有的内容。")
    return proofs


def _entry(proof: Mapping[str, Any], claims: CertificateClaims, origin: str, issuers: Issuers) -> IssuerKey | None:
    method = proof["verificationMethod"]
    try:
        algorithm, key = from_multikey(method.partition("#")[2])
    except KeyRefused:
        return None
    if algorithm != ED25519 or method != method_of(origin, claims.body_code, key):
        return None
    found = issuers.of(key)
    return found if found and found.code == claims.body_code and found.code != CITY else None


def issuer_step(entry: IssuerKey | None, name: str, made_at: datetime, issuers: Issuers, *, logged: bool) -> Step:
    """This function will say whether the key was that body's on the day it signed."""
    as_of = f"名录截至{in_chinese(day_of(issuers.published_at))}"
    if entry is None:
        whose = f"“{name}”" if name else "任何机构"
        return Step("issuer", "bad", f"签名用的公钥不在签发者名录里，不是{whose}登记的公钥（{as_of}）。")
    if name and not entry.has_name(name):
        return Step("issuer", "bad", f"凭证自称由“{name}”签发，但这把公钥是“{entry.name}”的。")
    if made_at < entry.valid_from:
        return Step("issuer", "bad", f"签名日期早于“{entry.name}”登记这把公钥的{in_chinese(day_of(entry.valid_from))}。")
    if not entry.valid_on(made_at):
        assert entry.valid_until is not None
        return Step("issuer", "bad", f"“{entry.name}”的这把公钥已于{in_chinese(day_of(entry.valid_until))}停用，签名日期在其后。")
    if entry.distrusted and not logged:
        return Step("issuer", "bad", f"“{entry.name}”的这把公钥曾经泄露，没有存证回执的签名不予承认。")
    return Step("issuer", "good", f"由“{entry.name}”签发，其公钥经市级根密钥会签，签名当日有效（{as_of}）。")


def signature_step(good: bool) -> Step:
    """This function will say whether the signature holds."""
    if good:
        return Step("signature", "good", "签名正确，内容自签发以来没有改动。")
    return Step("signature", "bad", "签名与内容不符：内容被改动过，或签名是伪造的。")


def _second(document: Mapping[str, Any], proof: Mapping[str, Any], entry: IssuerKey, origin: str) -> Step:
    if entry.sm2 is None or proof["verificationMethod"] != method_of(origin, entry.code, entry.sm2, SM2_SM3):
        return Step("second", "bad", "国密签名用的公钥不是该机构登记的。")
    if not holds(document, proof, entry.sm2):
        return Step("second", "bad", "国密签名与内容不符。")
    return Step("second", "good", "国密签名（SM2/SM3）正确。")


def dates_step(issued_on: date, made_at: datetime, at: datetime) -> Step:
    """This function will hold the day of issue, the day of signing and today against one another."""
    if issued_on > day_of(at + _SLACK) or made_at > at + _SLACK:
        return Step("dates", "bad", "发证日期或签名日期在今天之后。")
    if issued_on > day_of(made_at):
        return Step("dates", "bad", "签名日期早于发证日期。")
    return Step("dates", "good", f"{in_chinese(issued_on)}发证，日期无误。")
