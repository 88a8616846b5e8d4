"""存证回执: is a certificate's entry in the public log, as its receipt says?"""

from collections.abc import Iterable, Mapping
from typing import Any

from touchstone.trust.canonical import canonical
from touchstone.trust.claims import StructureBroken, read_claims
from touchstone.trust.credentials import digest
from touchstone.trust.instants import SHANGHAI, read_moment
from touchstone.trust.log.checkpoints import unchecked
from touchstone.trust.log.merkle import ProofWrong, leaf_hash
from touchstone.trust.log.notes import COSIGNATURE, NoteBroken, Verifier
from touchstone.trust.log.proofs import Receipt
from touchstone.trust.proofs import proofs_of
from touchstone.trust.verdicts import Step


def entry_of(document: Mapping[str, Any]) -> bytes:
    """This function will give the entry a log has of a secured credential that was issued. :raises StructureBroken: for what is no credential."""
    claims, _ = read_claims(document)
    proofs = proofs_of(document)
    try:
        signed = read_moment(proofs[0]["created"]).astimezone(SHANGHAI)
    except (LookupError, TypeError, ValueError) as fault:
        raise StructureBroken("凭证没有签名。") from fault
    told = {"kind": "certificate.issued", "month": f"{signed:%Y-%m}", "credential": digest(document), "body": claims.body_code}
    return canonical(told)


def receipt_step(document: Mapping[str, Any], receipt: str, keys: Iterable[Verifier]) -> Step:
    """This function will check the receipt of a credential under the pinned keys of logs and witnesses."""
    known = list(keys)
    try:
        held, entry = Receipt.read(receipt), entry_of(document)
        origin = unchecked(held.note).origin
        log = next((one for one in known if one.name == origin and one.algorithm != COSIGNATURE), None)
        if log is None:
            return Step("receipt", "unknown", f"没有公开日志“{origin}”的公钥，回执未核对。", needed=False)
        signed = held.check(leaf_hash(entry), log, [one for one in known if one.algorithm == COSIGNATURE])
    except (NoteBroken, StructureBroken):
        return Step("receipt", "bad", "存证回执读不懂，或不是日志签署的。")
    except ProofWrong:
        return Step("receipt", "bad", "存证回执不是这本证书的，或被改动过。")
    witnesses = sum(one.algorithm == COSIGNATURE for one in signed.signatures.by)
    seen = f"，另有{witnesses}个见证人签名" if witnesses else ""
    return Step("receipt", "good", f"已在公开日志“{origin}”第{held.index + 1:,}条，签署时共{signed.checkpoint.size:,}条{seen}。")
