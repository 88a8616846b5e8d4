"""证书打印任务: the certificates of a large plan are printed a part at a time, each part kept as soon as it is done."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.certificates.operations import print_batch
from touchstone.certificates.permissions import check_may
from touchstone.certificates.queries import of_plan
from touchstone.files.operations import attach, withdraw
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.policy.documents import notice
from touchstone.web import clock

if TYPE_CHECKING:
    from touchstone.files.models import Attachment

LABEL = "certificates_pdf"
PART = 200
DIRECTLY = 100
"""Up to so many are printed while the person waits."""


@dataclass(frozen=True)
class PrintedPart:
    """One file of printed certificates: those from the `first` to the `last` of the plan."""

    attachment: "Attachment"
    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1


def printed_parts(plan_number: str) -> list[PrintedPart]:
    """This function will give the parts that are printed, in order."""
    found = []
    for attachment in of_case(plan_number, LABEL):
        named = re.search(r"(\d+)至(\d+)\.pdf$", attachment.name)
        if named:
            found.append(PrintedPart(attachment, int(named[1]), int(named[2])))
    return found


@transaction.atomic
def start_printing(*, plan_number: str, by: Actor, at: datetime) -> None:
    """This function will begin to print a plan's valid certificates anew. :raises Refusal: when there are none."""
    first = of_plan(plan_number).filter(state="issued").select_related("body").first()
    if first is None:
        raise Refusal("没有可以打印的有效证书。", notice("一"), "请先核发证书。")
    check_may(by, "print", first.body.office_id)
    for part in printed_parts(plan_number):
        withdraw(number=part.attachment.number, by=by, at=at)
    try:
        print_plan.configure(queueing_lock=f"print-{plan_number}").defer(plan_number=plan_number)
    except AlreadyEnqueued:
        return


@app.task(name="certificates.print_plan", retry=3)
def print_plan(plan_number: str) -> None:
    """This job will print what is not printed yet, a part at a time; a part and its record commit together."""
    while print_next(plan_number, at=clock.now()):
        pass


@transaction.atomic
def print_next(plan_number: str, *, at: datetime) -> bool:
    """This function will print the next part and say whether there was one. Two jobs at once wait for each other, so that no part is there twice."""
    of_plan(plan_number).select_for_update(of=("self",)).order_by("pk").first()
    first = max((part.last for part in printed_parts(plan_number)), default=0)
    numbers = list(of_plan(plan_number).filter(state="issued").values_list("number", flat=True)[first : first + PART])
    if not numbers:
        return False
    content = print_batch(numbers=numbers, case=plan_number, by=PLATFORM, at=at)
    name = f"证书 第{first + 1}至{first + len(numbers)}.pdf"
    attach(case=plan_number, label=LABEL, name=name, content=content, by=PLATFORM, at=at)
    return True
