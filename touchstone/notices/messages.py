"""消息办理: what the ledger says is put into words for those it concerns, once each."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now

from touchstone.accounts.models import User
from touchstone.accounts.people import field_key, opened_phone
from touchstone.kernel.numbers import mask_phone
from touchstone.ledger.models import Entry
from touchstone.notices.models import Cursor, Message, TextMessage

Words = tuple[str, str, bool]
"""Title, link on this site, whether a text message goes out as well."""

GRACE = timedelta(seconds=2)


@transaction.atomic
def tell(
    *,
    reader: str,
    limit: int,
    at: datetime,
    words: Callable[[Entry], Words | None],
    recipients: Callable[[Entry], Iterable[User]],
    grace: timedelta = GRACE,
) -> int:
    """This function will read the next lines of the ledger and send a message to everyone each concerns; it counts the lines read.

    The cursor and the messages commit together, so that a reader killed half-way neither loses nor doubles any. A line is
    taken only after `grace`, so that one with a smaller number still being committed is not passed over.
    """
    cursor, _ = Cursor.objects.select_for_update().get_or_create(reader=reader)
    settled = Entry.objects.filter(pk__gt=cursor.entry_id, recorded_at__lte=Now() - grace)
    lines = list(settled.order_by("pk")[:limit])
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


def _queue_text(line: Entry, phone: str, content: str, at: datetime) -> None:
    place = f"notices_textmessage|{line.pk}|phone"
    TextMessage.objects.create(
        phone_sealed=field_key().seal(phone, place), phone_masked=mask_phone(phone), content=content, made_at=at, entry=line
    )


def opened_text_phone(message: TextMessage) -> str:
    """This function will open the number of a text message, for the gateway only."""
    return field_key().open(bytes(message.phone_sealed), f"notices_textmessage|{message.entry_id}|phone")


@transaction.atomic
def mark_read(*, user: User, message_id: int, at: datetime) -> Message:
    """This function will note that a person opened a message of theirs. :raises Message.DoesNotExist: when it is not theirs."""
    message = Message.objects.select_for_update().get(pk=message_id, to=user)
    if message.read_at is None:
        message.read_at = at
        message.save(update_fields=["read_at"])
    return message
