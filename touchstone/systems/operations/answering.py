"""一次生效: a request that carries a key of its own has one effect and one answer, however often and however close together it is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from touchstone.kernel.law import Refusal
from touchstone.policy.systems import ANSWERS_KEPT, CONNECTED
from touchstone.systems.models import Answered, Key


class RequestKeyReused(Refusal):
    """The key of an earlier request came back with other contents."""


@dataclass(frozen=True)
class Answer:
    """What a request is answered; `place` is where what it made is found."""

    code: int
    content: bytes
    media: str = "application/json"
    place: str = ""


def answer_once(
    *, key: Key, request_key: str, fingerprint: str, work: Callable[[], Answer], at: datetime
) -> tuple[Answer, bool]:
    """This function will answer a request by doing its work, or as it was answered before, and say whether it was a repetition.

    The answer and the effect commit together, and whoever sends the same at the same moment waits here: two at once have one effect. A refusal is
    an answer too (`work` gives it, its own effects undone), so that a retried request never surprises by succeeding later. What fails is forgotten.

    :raises RequestKeyReused: for the same key with other contents.
    """
    day = at.date()
    with transaction.atomic():
        Answered.objects.filter(key=key, request_key=request_key, forget_on__lte=day).delete()
        forget_on = day + timedelta(days=ANSWERS_KEPT.on(day).value)
        fresh = Answered(key=key, request_key=request_key, fingerprint=fingerprint, answered_at=at, forget_on=forget_on)
        Answered.objects.bulk_create([fresh], ignore_conflicts=True)  # waits for one that is just being answered
        row = Answered.objects.select_for_update().get(key=key, request_key=request_key)
        if row.fingerprint != fingerprint:
            sentence = "这个 Idempotency-Key 已用于另一个内容不同的请求。"
            raise RequestKeyReused(sentence, CONNECTED, "重试须原样发送；新的请求请用新的 Idempotency-Key。")
        if row.code:
            return Answer(row.code, bytes(row.answer), row.media, row.place), True
        answer = work()
        row.code, row.media, row.place, row.answer = answer.code, answer.media, answer.place, answer.content
        row.save(update_fields=["code", "media", "place", "answer"])
    return answer, False


def forget_answers(day: date) -> int:
    """This function will drop the answers that are kept no longer, and count them."""
    return Answered.objects.filter(forget_on__lte=day).delete()[0]
