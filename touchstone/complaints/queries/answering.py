"""据此立案: what may a case rest on that begins with an upheld lead, or with an evaluator that was never filed?"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from touchstone.complaints.models import Evaluator, Lead
from touchstone.kernel.law import Refusal
from touchstone.policy.supervision.complaints import LAW, Verdict
from touchstone.policy.supervision.unfiled import LAW as UNFILED_LAW

if TYPE_CHECKING:
    from touchstone.accounts.models import Office
    from touchstone.bodies.models import Body


@dataclass(frozen=True)
class CaseFacts:
    """What a case takes over: never who complained."""

    number: str
    body: "Body | None"
    name: str
    place: str
    district: str
    office: "Office"
    facts: str
    verdict: str
    conclusion: str
    records: tuple[str, ...]
    found_on: date
    led_to: str


def facts_for_case(number: str) -> CaseFacts:
    """This function will give what an upheld lead says to a case. Files lie under the lead's number.

    :raises Refusal: where there is no such lead, it is not verified, or was not upheld.
    """
    found = Lead.objects.select_related("office", "body").filter(number=number).first()
    if found is None or found.verified_at is None or found.verdict not in {Verdict.TRUE, Verdict.PARTLY}:
        raise Refusal("只有核实属实或者部分属实的线索可以据此立案。", LAW, "请先由两人核实并确认结论。")
    return CaseFacts(
        number=found.number,
        body=found.body,
        name=found.about,
        place=found.place,
        district=found.district,
        office=found.office,
        facts=found.conclusion,
        verdict=found.verdict,
        conclusion=found.conclusion,
        records=tuple(found.notes.order_by("pk").values_list("words", flat=True)),
        found_on=localtime(found.verified_at).date(),
        led_to=found.led_to,
    )


def facts_for_unfiled_case(number: str) -> CaseFacts:
    """This function will give what was found of an evaluator never filed. :raises Refusal: where there is none, or nothing was found against it."""
    one = Evaluator.objects.select_related("office", "body").filter(number=number).first()
    unmet = [finding["reason"] for finding in one.findings if finding["outcome"] == "unmet"] if one is not None else []
    if one is None or one.looked_up_at is None or not unmet:
        raise Refusal("只有核对后有不符合的未经备案评价可以据此立案。", UNFILED_LAW, "请先核对备案和证书。")
    return CaseFacts(
        number=one.number,
        body=one.body,
        name=one.name,
        place=one.place,
        district=one.district,
        office=one.office,
        facts=one.words,
        verdict="",
        conclusion="；".join(unmet),
        records=(one.register_says,),
        found_on=localtime(one.looked_up_at).date(),
        led_to=one.led_to,
    )
