"""回执样例: a log of our own, in which a certificate's entry stands among others."""

from tests.trust.signed import credential
from touchstone.trust.log.checkpoints import Checkpoint
from touchstone.trust.log.merkle import Edge, inclusion, leaf_hash, range_hash
from touchstone.trust.log.notes import Signer, Verifier
from touchstone.trust.log.proofs import Receipt
from touchstone.trust.receipts import entry_of
from touchstone.trust.signing import SoftwareKey

LOG = "skills.example.cn/log/certificates-2026"
SECRET = bytes([9]) * 32
SIGNER, KEY = Signer(LOG, SECRET), Verifier(LOG, SoftwareKey(SECRET).public_key)


def receipt(index: int = 5, size: int = 11) -> str:
    """The receipt of the certificate at a place in a log of other entries."""
    leaves = [leaf_hash(f"{number}".encode()) for number in range(size)]
    leaves[index] = leaf_hash(entry_of(credential()))

    def node(height: int, number: int) -> bytes:
        edge = Edge()
        edge.grow(leaves[number << height : (number + 1) << height])
        return edge.root()

    note = SIGNER.signed(Checkpoint(LOG, size, range_hash(node, 0, size)).text())
    return Receipt(index, tuple(inclusion(node, index, size)), note).text()
