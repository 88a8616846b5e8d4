"""消息任务: who is told of what the ledger says, and which texts go to the gateway?"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from touchstone.accounts.models import Holding, User
from touchstone.exams.models import Plan
from touchstone.filings.models import Filing
from touchstone.jobs.adapters.sms import Answer, configured
from touchstone.ledger.models import Entry
from touchstone.notices.messages import Words, opened_text_phone, tell
from touchstone.notices.models import TextMessage

LIMIT = 500
ATTEMPTS = 5

_TOLD: dict[str, tuple[str, bool]] = {
    "filing.consent_given": ("备案申请 {case} 已获同意，可以提交", True),
    "filing.consent_refused": ("备案申请 {case} 未获同意，请查看意见", True),
    "filing.returned": ("备案申请 {case} 被退回补正", True),
    "filing.announced": ("备案申请 {case} 已进入公示", False),
    "filing.accepted": ("备案申请 {case} 已完成备案", True),
    "filing.refused": ("备案申请 {case} 不予备案", True),
    "filing.reopened": ("备案申请 {case} 因异议重新审核", True),
    "filing.report_signed": ("备案 {case} 已由市职鉴中心签收并编配站点序列码", True),
    "plan.signed_for": ("认定计划 {case} 已由所在区签收", False),
    "plan.results_confirmed": ("认定计划 {case} 成绩公示期满，可以核发证书", True),
    "upload.finished": ("认定计划 {case} 的报名表已处理完成", False),
}


def _words(line: Entry) -> Words | None:
    told = _TOLD.get(line.event)
    if told is None:
        return None
    page = {"BA": "filings", "JH": "plans"}.get(line.subject[:2], "")
    return told[0].format(case=line.subject), f"/body/{page}/{line.subject}" if page else "", told[1]


def _recipients(line: Entry) -> Iterable[User]:
    office = (
        Filing.objects.filter(number=line.subject).values_list("body__office", flat=True).first()
        or Plan.objects.filter(number=line.subject).values_list("body__office", flat=True).first()
    )
    held = Holding.objects.filter(office=office, until__isnull=True).values("person")
    return User.objects.filter(person__in=held, is_active=True).select_related("person") if office else ()


def tell_people(at: datetime) -> int:
    """This job will turn new lines of the ledger into messages and count the lines read."""
    return tell(reader="messages", limit=LIMIT, at=at, words=_words, recipients=_recipients)


def hand_over_texts(at: datetime) -> int:
    """This job will hand waiting text messages to the gateway, each in a transaction of its own, and count those taken.

    Without a gateway they wait and the job page says so. The reference is the message's number, so that one handed over twice counts once.
    """
    gateway, taken = configured(), 0
    if gateway is None:
        return 0
    waiting = TextMessage.objects.filter(handed_over_at__isnull=True, attempts__lt=ATTEMPTS).order_by("pk").values_list("pk", flat=True)
    for number in list(waiting[:LIMIT]):
        with transaction.atomic():
            message = TextMessage.objects.select_for_update(skip_locked=True).filter(pk=number, handed_over_at__isnull=True).first()
            if message is None:
                continue
            answer, reason = gateway.hand_over(phone=opened_text_phone(message), content=message.content, reference=f"text-{message.pk}")
            message.attempts = ATTEMPTS if answer is Answer.REFUSED else message.attempts + 1
            message.failure = reason
            if answer is Answer.TAKEN:
                message.handed_over_at, taken = at, taken + 1
            message.save()
    return taken


WHEN_DUE = [tell_people, hand_over_texts]
