"""故事全程: the whole of it on a fresh city, and what it left behind."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from touchstone.exams.queries import plans, registration
from touchstone.ledger.operations import mark_synthetic
from touchstone.simulation.cast import set_up_cast
from touchstone.simulation.story.evaluation import examine_and_certify, verify
from touchstone.simulation.story.filing import file_and_be_accepted, must
from touchstone.simulation.story.registration import plan_and_register
from touchstone.simulation.story.teller import Teller

BEGINS = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Monday with no holiday near: the story is the same whenever it is told."""


def tell(out: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """This function will tell the story on the (empty) database, leave its papers in `out`, and give what `story.json` holds.

    :raises StoryBroken: when a step did not really happen.
    """
    out.mkdir(parents=True, exist_ok=True)
    mark_synthetic(seed=0)
    teller = Teller(BEGINS, out, say)
    body, _ = set_up_cast(since=date(2026, 1, 1), at=teller.at)
    filing = file_and_be_accepted(teller, body)
    plan = plan_and_register(teller)
    numbers = examine_and_certify(teller, plan)
    address = verify(teller, numbers)
    left = _left(teller, filing, plan, numbers, address)
    (out / "story.json").write_text(json.dumps(left, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return left


def _left(teller: Teller, filing: str, plan: str, numbers: list[str], address: str) -> dict[str, Any]:
    everyone = registration.candidates(plans.plan(plan, teller.who("sun"))).order_by("pk")
    refused = [
        {"name": one.name, "reasons": [finding["reason"] for finding in one.findings if finding["outcome"] != "met"]}
        for one in everyone.filter(state="ineligible")
    ]
    eligible = everyone.filter(state="eligible").count()
    must(eligible + len(refused) == everyone.count(), "有考生没有审核结论")
    must(all(one["reasons"] for one in refused), "有考生被拒而没有理由")
    must(len(numbers) == everyone.filter(result="passed").count() > 0, "合格人数与证书数不符")
    return {
        "filing": filing,
        "plan": plan,
        "candidates": everyone.count(),
        "eligible": eligible,
        "refused": refused,
        "certificates": numbers,
        "verify_url": address,
    }
