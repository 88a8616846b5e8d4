"""踏勘所见: what does an assessor write down in a venue, and is it enough to be kept?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from touchstone.filings.facts import rules_day
from touchstone.filings.models import Filing, SiteVisit
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import WordsMissing
from touchstone.parameters.queries import in_force
from touchstone.policy.documents import notice, our_default
from touchstone.policy.filing.site_visit import LOOKED_AT, Look, Seen, Subject

CLAUSE = our_default("现场踏勘")
_SAFEGUARDS = notice("三(二)5")
FARTHEST = 5000


@dataclass(frozen=True)
class Fix:
    """What a phone says of where it is: degrees (WGS 84), and how near in metres."""

    latitude: float
    longitude: float
    accuracy: float


@dataclass(frozen=True)
class Sight:
    """One visit as it was written down; `place` is where the phone was, or the reason why it does not say."""

    venue_id: int
    visited_on: date
    met_with: str
    observations: str
    looks: Mapping[Subject, Look]
    place: Fix | str


def check_sight(filing: Filing, sight: Sight, at: datetime) -> None:
    """This function will let pass what can be kept of a visit.

    :raises Refusal: for a venue outside the scope, a day not yet come, a subject not looked at, or a place that is none.
    :raises WordsMissing: when nothing is said of what was seen, of what differs, or of why there is no place.
    """
    if not filing.scope.filter(venue_id=sight.venue_id).exists():
        raise Refusal("所选考核点不在本次申报范围内。", CLAUSE, "请选择申报范围中的考核点。")
    if sight.visited_on > at.date():
        raise Refusal("踏勘日期不能晚于今天。", CLAUSE, "请在踏勘之后填写。")
    if not sight.met_with.strip() or not sight.observations.strip():
        raise WordsMissing("请写明陪同人员和现场情况。", CLAUSE, "现场情况包括考场、设备、监控、保密和安全。")
    wanted = in_force(LOOKED_AT, rules_day(filing, at.date())).value
    if unseen := [subject.label for subject in wanted if subject not in sight.looks]:
        raise Refusal(f"还没有核对{'、'.join(unseen)}。", _SAFEGUARDS, "请逐项对照填报内容，选择现场是否与填报一致。")
    silent = [subject.label for subject in wanted if sight.looks[subject].seen is not Seen.AS_FILED and not sight.looks[subject].words.strip()]
    if silent:
        raise WordsMissing(f"{'、'.join(silent)}与填报不同，请写明现场的情况。", _SAFEGUARDS, "例如：填报2个摄像头，现场只有1个。")
    _check_place(sight.place)


def _check_place(place: Fix | str) -> None:
    if isinstance(place, str):
        if not place.strip():
            raise WordsMissing("没有现场定位，请写明理由。", CLAUSE, "请取定位；确实取不到的，写明理由，例如：地下车间没有信号。")
        return
    if not (-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180 and place.accuracy >= 0):
        raise Refusal("定位数据不正确。", CLAUSE, "请重新取定位，或写明没有定位的理由。")
    if place.accuracy > FARTHEST:
        raise Refusal(f"定位误差有{place.accuracy:.0f}米，不能说明在现场。", CLAUSE, "请到开阔处重新取定位，或写明没有定位的理由。")


def write(visit: SiteVisit, sight: Sight) -> SiteVisit:
    """This function will put what was seen into a record of a visit, not yet saved."""
    visit.venue_id, visit.visited_on = sight.venue_id, sight.visited_on
    visit.met_with, visit.observations = sight.met_with.strip()[:120], sight.observations.strip()
    visit.checks = {subject.value: {"seen": look.seen.value, "words": look.words.strip()} for subject, look in sight.looks.items()}
    fix = sight.place if isinstance(sight.place, Fix) else None
    visit.latitude, visit.longitude, visit.accuracy = (fix.latitude, fix.longitude, fix.accuracy) if fix else (None, None, None)
    visit.place_unknown = "" if isinstance(sight.place, Fix) else sight.place.strip()[:200]
    return visit


def says_the_same(kept: SiteVisit, sight: Sight) -> bool:
    """This function will say whether a record says what was seen, word for word."""
    asked = write(SiteVisit(), sight)
    names = ("venue_id", "visited_on", "met_with", "observations", "checks", "latitude", "longitude", "accuracy", "place_unknown")
    return all(getattr(kept, name) == getattr(asked, name) for name in names)
