"""虚构资料与监控: cameras of the sitting that is open, records that were called for, a campaign and a tracing, by the real operations."""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.timezone import localtime

from touchstone.bodies.queries import body_with_name, rooms_of_body
from touchstone.certificates.queries import certificates
from touchstone.exams.queries.plans import plans
from touchstone.exams.queries.serving import sittings_on_ground, under_way
from touchstone.inspections.facts.tracing import touched
from touchstone.inspections.operations import campaigns, feeding, records, records_answering, tracing, watching
from touchstone.inspections.operations.cameras import connect_camera
from touchstone.inspections.operations.campaigns import CampaignTerms
from touchstone.inspections.operations.records import CallTerms, Wanted
from touchstone.inspections.queries.cameras import cameras_of_body, index_of
from touchstone.inspections.states.records import RecordsKind
from touchstone.kernel.periods import add_months
from touchstone.parameters.queries import calendar
from touchstone.policy.inspections import VisitOutcome
from touchstone.policy.supervision.records import Source
from touchstone.simulation.camera_feed import Feed, still
from touchstone.simulation.cast import BODY_C, actor_of
from touchstone.simulation.evaluation import at_hour
from touchstone.simulation.inspections import SECOND

if TYPE_CHECKING:
    from touchstone.bodies.models import Body
    from touchstone.inspections.models import Camera

PLACES = ("前方全景", "后方全景")
_LIST = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def populate(body: "Body", *, at: datetime) -> None:
    """This function will give a body cameras in the room of its open sitting, and let the home district call for its records, run a campaign, and ask
    for a tracing."""
    _cameras(body, at)
    feeding.tell_of_long_gaps(at)
    days = calendar()
    morning = {n: at_hour(days.add_working_days(at.date(), n), 9) for n in (-12, -10, -8, -2)}
    campaign = _campaign(morning[-12])
    _watched(body, campaign, morning[-12], at)
    _received(body, morning)
    _waiting(body, morning[-2])
    _tracing(body, morning[-2])


def demo_secret(room: int, name: str) -> str:
    """This function will give the key of a camera of a demo: the feed that runs beside it makes the same out of this installation's own secret."""
    made = hmac.new(str(settings.SECRET_KEY).encode(), f"camera {room} {name}".encode(), hashlib.sha256)
    return f"tsc_{made.hexdigest()[:43]}"


def demo_feeds() -> list[Feed]:
    """This function will give the cameras whose keys are still those of the demo, for the feed that plays them."""
    body = body_with_name(BODY_C)
    if body is None:
        return []
    known = [(one, demo_secret(one.room_id, one.name)) for one in cameras_of_body(body).filter(retired_at__isnull=True)]
    return [Feed(one.name, secret) for one, secret in known if bytes(one.secret) == index_of(secret)]


def _cameras(body: "Body", at: datetime) -> None:
    planner = actor_of("ren", at.date())
    for sitting in under_way(at, localtime(at).date()).filter(plan__body=body):
        room = rooms_of_body(body, at.date()).select_related("venue__body__office").filter(pk=sitting.room_id).first()
        for place, name in enumerate(PLACES):
            if room is None:
                continue
            made = connect_camera(room=room, name=name, secret=demo_secret(room.pk, name), by=planner, at=sitting.opened_at or at)
            _heard(made, sitting.opened_at or at, at, silent=place == len(PLACES) - 1)
            drawn = still(f"CAM {place + 1}  {localtime(at):%Y-%m-%d %H:%M:%S}", place * 7, at.timestamp())
            feeding.take_still(camera=made, content=drawn, taken_at=at - timedelta(seconds=5), at=at)


def _heard(camera: "Camera", opened_at: datetime, at: datetime, *, silent: bool) -> None:
    """A camera is heard every two minutes since the sitting was opened, but for seven minutes of one that is to leave a gap."""
    moment, sequence = opened_at, 0
    while moment < at:
        sequence += 1
        if not (silent and timedelta(minutes=8) < at - moment < timedelta(minutes=15)):
            feeding.take_beat(camera=camera, sequence=sequence, taken_at=None, at=moment)
        moment += timedelta(minutes=2)
    feeding.take_beat(camera=camera, sequence=sequence + 1, taken_at=None, at=at)


def _watched(body: "Body", campaign: str, since: datetime, at: datetime) -> None:
    """The latest sitting that is over was watched from afar, and two concluded it; the one that is open is being watched."""
    first, second = actor_of("wang", at.date()), actor_of(SECOND, at.date())
    for one in under_way(at, localtime(at).date()).filter(plan__body=body):
        going_on = watching.begin_watch(sitting=one, by=first, at=at)
        watching.note_observation(number=going_on.number, words="考场秩序正常。", wrong=False, still=None, by=first, at=at)
    over = sittings_on_ground(first, at.date() - timedelta(days=90), at.date()).filter(plan__body=body, closed_at__isnull=False)
    over = over.filter(opened_at__lt=at - timedelta(hours=4))
    latest = over.select_related("plan__scope_item__filing__root").order_by("-starts_at").first()
    if latest is None or latest.opened_at is None or latest.opened_at < since:
        return
    seen = latest.opened_at + timedelta(minutes=50)
    made = watching.begin_watch(sitting=latest, campaign=campaign, by=first, at=seen).number
    watching.note_observation(number=made, words="监考人员在岗，考生对号入座。", wrong=False, still=None, by=first, at=seen)
    words = "全程查看签到和考场情况，未发现问题；考场没有接入摄像头，另行调取录像。"
    watching.report_watch(number=made, outcome=VisitOutcome.CLEAN, words=words, by=first, at=seen + timedelta(hours=1))
    watching.confirm_watch(number=made, by=second, at=seen + timedelta(hours=2))


def _campaign(at: datetime) -> str:
    wang, wu = (actor_of(name, at.date()) for name in ("wang", "wu"))
    terms = CampaignTerms("申报条件审核专项督导", ["eligibility", "scores"], at.date(), add_months(at.date(), 3), "重点核对工龄证明和学历。")
    made = campaigns.draft_campaign(terms=terms, by=wang, at=at).number
    campaigns.submit_campaign(number=made, by=wang, at=at)
    campaigns.approve_campaign(number=made, opinion="同意，请按方案实施。", by=wu, at=at + timedelta(hours=2))
    return made


def _received(body: "Body", morning: dict[int, datetime]) -> None:
    """A call that was answered and closed."""
    wang, planner = actor_of("wang", morning[-10].date()), actor_of("ren", morning[-10].date())
    wanted = [Wanted(RecordsKind.OTHER, "上季度资格审核会议记录"), Wanted(RecordsKind.OTHER, "申报条件审核制度")]
    terms = CallTerms("system", "核查质量管理体系运行情况", wanted)
    call = records.call_for_records(body=body, terms=terms, by=wang, at=morning[-10]).number
    answered = morning[-8]
    records_answering.hand_over(number=call, place=1, words="会议记录三份", files=[("会议记录.pdf", _LIST)], by=planner, at=answered)
    records_answering.hand_over(number=call, place=2, words="现行制度", files=[("审核制度.pdf", _LIST)], by=planner, at=answered)
    records_answering.finish_answer(number=call, by=planner, at=answered)
    for place in (1, 2):
        records.judge_item(number=call, place=place, good=True, words="齐全", by=wang, at=answered + timedelta(hours=4))
    records.close_call(number=call, outcome="制度和记录齐全，未发现问题。", by=wang, at=answered + timedelta(hours=5))


def _waiting(body: "Body", at: datetime) -> None:
    """A call that waits for the body: what the platform holds of its latest plan is frozen, videos are still owed."""
    wang = actor_of("wang", at.date())
    latest = next(iter(plans(wang).filter(body=body, exam_on__lte=at.date()).order_by("-exam_on", "-id")), None)
    wanted = [Wanted(RecordsKind.VIDEOS, "最近一次考试全部考场的监控录像")]
    if latest is not None:
        wanted = [Wanted(RecordsKind.ROSTER, "报名名册和审核情况", latest.number), Wanted(RecordsKind.SCORES, "成绩", latest.number), *wanted]
    records.call_for_records(body=body, terms=CallTerms("eligibility", "核实申报条件审核", wanted), by=wang, at=at)


def _tracing(body: "Body", at: datetime) -> None:
    """A tracing from a certificate that the district asked for; the first head has been looked into."""
    wang, planner = actor_of("wang", at.date()), actor_of("ren", at.date())
    first = certificates(planner).order_by("number").first()
    if first is None:
        return
    words, found = "工龄证明的盖章与单位名称不符，请查清同批人员。", "同场次人员的工龄证明已逐份核对，没有发现同样的问题。"
    made = tracing.ask_tracing(body=body, source=Source.CERTIFICATE, reference=first.number, reason=words, by=wang, at=at)
    head = touched(Source.CERTIFICATE, first.number, body, at)[0].head
    tracing.note_head(number=made.number, head=head, words=found, by=planner, at=at + timedelta(hours=5))
