"""数据完整性证明: how is a JSON document secured and checked? (W3C Data Integrity, `eddsa-jcs-2022`)

What is signed is hash(canonical proof options) followed by hash(canonical document). The second, parallel proof is SM2 with SM3 over the same
canonical bytes, hashed with SM3; it has no published cryptosuite, so its name is ours.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes

from touchstone.trust.canonical import Malformed, canonical
from touchstone.trust.instants import moment
from touchstone.trust.multibase import Misspelt, base58, from_base58
from touchstone.trust.signing import ED25519, SM2_SM3, CryptoProvider, verify

SUITES = {ED25519: "eddsa-jcs-2022", SM2_SM3: "touchstone-sm2-jcs-2026"}
ALGORITHMS = {suite: algorithm for algorithm, suite in SUITES.items()}


def secure(document: Mapping[str, Any], key: CryptoProvider, *, method: str, at: datetime) -> dict[str, Any]:
    """This function will give the document with a proof of `key`, named by the address `method`; a proof already there stays beside it."""
    bare = {name: value for name, value in document.items() if name != "proof"}
    options: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITES[key.algorithm],
        "created": moment(at),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    if "@context" in bare:
        options["@context"] = bare["@context"]
    options["proofValue"] = base58(key.sign(signed_bytes(bare, options)))
    there = proofs_of(document)
    return {**bare, "proof": [*there, options] if there else options}


def proofs_of(document: Mapping[str, Any]) -> list[Any]:
    """This function will give the proofs of a document as a list."""
    held = document.get("proof")
    return list(held) if isinstance(held, list) else [] if held is None else [held]


def holds(document: Mapping[str, Any], proof: object, public_key: bytes) -> bool:
    """This function will say whether one proof of a document holds under a key that the caller trusts for it."""
    if not isinstance(proof, dict) or proof.get("type") != "DataIntegrityProof" or proof.get("proofPurpose") != "assertionMethod":
        return False
    suite = proof.get("cryptosuite")
    algorithm = ALGORITHMS.get(suite) if isinstance(suite, str) else None
    if algorithm is None:
        return False
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    bare = {name: value for name, value in document.items() if name != "proof"}
    if "@context" in options:
        if not _begins_with(bare.get("@context"), options["@context"]):
            return False
        bare["@context"] = options["@context"]
    try:
        signature = from_base58(proof.get("proofValue"))
        return verify(algorithm, public_key, signed_bytes(bare, options), signature)
    except (Misspelt, Malformed):
        return False


def signed_bytes(bare: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """This function will give what is signed. :raises Malformed: where the document has no canonical form."""
    parts = [canonical(dict(options)), canonical(dict(bare))]
    if options["cryptosuite"] == SUITES[ED25519]:
        return b"".join(hashlib.sha256(part).digest() for part in parts)
    return b"".join(_sm3(part) for part in parts)


def _sm3(content: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize()


def _begins_with(whole: object, start: object) -> bool:
    whole_list = whole if isinstance(whole, list) else [whole]
    start_list = start if isinstance(start, list) else [start]
    return len(start_list) <= len(whole_list) and whole_list[: len(start_list)] == start_list
