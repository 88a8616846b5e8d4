"""大批打印: are the certificates of a large plan printed whole, a part at a time, and once, also when a worker dies in between?"""

import io

import pypdf
import pytest

from tests.cast import set_up
from tests.certificates.issuing import AT, PLAN, awards, coded, give
from touchstone.accounts.actor import NotAllowed
from touchstone.files.queries import content
from touchstone.jobs.certificates import PART, print_next, printed_parts, start_printing
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry


def pages(plan_number: str) -> list[int]:
    """Give how many pages each printed part has."""
    return [len(pypdf.PdfReader(io.BytesIO(content(part.attachment))).pages) for part in printed_parts(plan_number)]


@pytest.mark.django_db(transaction=True)
def test_a_large_plan_is_printed_in_parts(work_off_jobs) -> None:
    """205本分两份；中途断了，接着打印，不重不漏；重新打印替换原来的。"""
    cast = coded(set_up())
    give(cast, awards(PART + 5))
    with pytest.raises(NotAllowed):
        start_printing(plan_number=PLAN, by=cast.shi, at=AT)
    assert print_next(PLAN, at=AT)
    assert pages(PLAN) == [PART]
    start_printing(plan_number=PLAN, by=cast.qian, at=AT)
    assert pages(PLAN) == []
    assert print_next(PLAN, at=AT)  # the worker that did this died; the next one goes on
    work_off_jobs()
    assert pages(PLAN) == [PART, 5]
    assert [(part.first, part.last) for part in printed_parts(PLAN)] == [(1, PART), (PART + 1, PART + 5)]
    assert not print_next(PLAN, at=AT)
    assert Entry.objects.filter(event="certificates.printed").count() == 3


@pytest.mark.django_db
def test_nothing_to_print() -> None:
    """没有有效证书时说明原因。"""
    cast = coded(set_up())
    with pytest.raises(Refusal, match="没有可以打印的有效证书"):
        start_printing(plan_number=PLAN, by=cast.qian, at=AT)
