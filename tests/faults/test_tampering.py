"""篡改: nothing is accepted that was touched. The small version; `make campaign` does it in full."""

from bench.campaign.tampering import run


def test_nothing_that_was_touched_is_accepted() -> None:
    """翻一位的二维码，改动过的凭证、列表、名录，一个也不承认。"""
    found = run(True, lambda line: None)
    assert found.runs > 6000
    assert (found.lost, found.doubled, found.faults) == (0, 0, [])
