"""存证回执: is the certificate's entry in the log, and is anything accepted that was touched?"""

import random

from tests.trust.receipts import KEY, LOG, receipt
from tests.trust.signed import NOW, SIGNED_AT, claims, clear, credential, issuers
from touchstone.logs.lines import PublicLine
from touchstone.trust.credentials import check, digest
from touchstone.trust.log.notes import Verifier
from touchstone.trust.receipts import entry_of, receipt_step
from touchstone.trust.signing import SoftwareKey


def test_the_entry_is_what_the_platform_writes() -> None:
    line = PublicLine("certificate.issued", {"credential": digest(credential()), "body": claims().body_code})
    assert entry_of(credential()) == line.entry(SIGNED_AT)


def test_a_receipt_is_good_and_says_where_it_stands() -> None:
    step = receipt_step(credential(), receipt(), [KEY])
    assert (step.outcome, "第6条" in step.sentence, "共11条" in step.sentence) == ("good", True, True), step.sentence
    assert check(credential(), issuers(), at=NOW, lists=clear(), receipt=step).good


def test_of_another_certificate_or_log_it_is_not() -> None:
    assert receipt_step(credential(claims(level="4")), receipt(), [KEY]).outcome == "bad"
    assert receipt_step(credential(), receipt(), []).outcome == "unknown"
    stranger = Verifier(LOG, SoftwareKey(bytes([8]) * 32).public_key)
    assert receipt_step(credential(), receipt(), [stranger]).outcome == "bad"
    assert receipt_step(credential(), "", [KEY]).outcome == "bad"


def test_nothing_that_was_touched_is_accepted() -> None:
    chance, text = random.Random(3), receipt()
    for _ in range(300):
        held = bytearray(text.encode())
        held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)
        assert receipt_step(credential(), held.decode("latin-1"), [KEY]).outcome != "good", held
