"""消息办理: what the ledger says is put into words for those it concerns, once each."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.people import field_key, opened_phone
from touchstone.kernel.numbers import mask_phone
from touchstone.ledger.queries import settled_after
from touchstone.notices.models import Cursor, Message, TextMessage

if TYPE_CHECKING:
    from touchstone.accounts.models import User
    from touchstone.ledger.models import Entry

Words = tuple[str, str, bool]
"""Title, link on this site, whether a text message goes out as well."""

GRACE = timedelta(seconds=2)
ATTEMPTS = 5


@transaction.atomic
def tell(
    *,
    reader: str,
    limit: int,
    at: datetime,
    words: "Callable[[Entry], Words | None]",
    recipients: "Callable[[Entry], Iterable[User]]",
    grace: timedelta = GRACE,
) -> int:
    """This function will read the next lines of the ledger and send a message to everyone each concerns; it counts the lines read.

    The cursor and the messages commit together, so that a reader killed half-way neither loses nor doubles any. A line is
    taken only after `grace`, so that one with a smaller number still being committed is not passed over.
    """
    cursor, _ = Cursor.objects.select_for_update().get_or_create(reader=reader)
    lines = settled_after(cursor.entry_id, grace=grace, limit=limit)
    for line in lines:
        said = words(line)
        if said is None:
            continue
        title, link, by_text = said
        for user in recipients(line):
            if user.pk == line.actor_id:
                continue
            Message.objects.get_or_create(
                to=user, entry=line, defaults={"title": title, "content": line.reason, "link": link, "sent_at": at}
            )
            if by_text and user.person is not None and user.person.phone_sealed:
                _queue_text(line, opened_phone(user.person), f"【试金石】{title}。请登录平台查看。", at)
    if lines:
        cursor.entry_id = lines[-1].pk
        cursor.save()
    return len(lines)


def _queue_text(line: "Entry", phone: str, content: str, at: datetime) -> None:
    place = f"notices_textmessage|{line.pk}|phone"
    TextMessage.objects.create(
        phone_sealed=field_key().seal(phone, place), phone_masked=mask_phone(phone), content=content, made_at=at, entry=line
    )


@transaction.atomic
def mark_read(*, user: "User", message_id: int, at: datetime) -> Message:
    """This function will note that a person opened a message of theirs. :raises Message.DoesNotExist: when it is not theirs."""
    message = Message.objects.select_for_update().get(pk=message_id, to=user)
    if message.read_at is None:
        message.read_at = at
        message.save(update_fields=["read_at"])
    return message


def waiting_texts(limit: int) -> list[int]:
    """This function will give the text messages not yet handed over and not given up, oldest first, by key."""
    waiting = TextMessage.objects.filter(handed_over_at__isnull=True, attempts__lt=ATTEMPTS).order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:limit])


def count_waiting_texts() -> int:
    """This function will count the text messages not yet handed over."""
    return TextMessage.objects.filter(handed_over_at__isnull=True).count()


@transaction.atomic
def hand_over_text(*, key: int, send: Callable[[str, str, str], tuple[str, str]], at: datetime) -> bool:
    """This function will hand one text message to `send(phone, content, reference)` and say whether it was taken.

    `send` answers (`taken` | `refused` | `unavailable`, reason); a refused one is given up, an unavailable one tried again. One that
    another worker has in hand is left alone.
    """
    message = TextMessage.objects.select_for_update(skip_locked=True).filter(pk=key, handed_over_at__isnull=True).first()
    if message is None:
        return False
    phone = field_key().open(bytes(message.phone_sealed), f"notices_textmessage|{message.entry_id}|phone")
    answer, message.failure = send(phone, message.content, f"text-{message.pk}")
    message.attempts = ATTEMPTS if answer == "refused" else message.attempts + 1
    message.handed_over_at = at if answer == "taken" else None
    message.save()
    return answer == "taken"
