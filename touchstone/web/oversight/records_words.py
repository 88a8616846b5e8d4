"""调取资料用语: how do calls for records and the things they ask for stand on the pages?"""

from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from touchstone.inspections.states.records import CallState, ItemState
from touchstone.policy.supervision.items import ITEMS

if TYPE_CHECKING:
    from touchstone.inspections.models import RecordsCall

_CALL_TONES = {CallState.CALLED: "warn", CallState.HANDED: "info", CallState.CLOSED: "ok", CallState.WITHDRAWN: "neutral"}
CALL_STATES = {state.value: (state.label, _CALL_TONES[state]) for state in CallState}
_ITEM_TONES = {
    ItemState.WAITING: "warn",
    ItemState.HELD: "info",
    ItemState.HANDED: "info",
    ItemState.NOT_THERE: "danger",
    ItemState.RECEIVED: "ok",
    ItemState.LACKING: "danger",
}
ITEM_STATES = {state.value: (state.label, _ITEM_TONES[state]) for state in ItemState}


def item_title(call: "RecordsCall") -> str:
    """This function will give the title of the item a call is about."""
    found = ITEMS.on(localtime(call.called_at).date()).value.get(call.item)
    return found.title if found is not None else call.item


def call_pairs(call: "RecordsCall", *, of_body: bool) -> list[tuple[str, Any]]:
    """This function will write what a call says, for a list of fields."""
    pairs: list[tuple[str, Any]] = [("调取单位", call.office.name)]
    if not of_body:
        pairs.append(("评价机构", call.body.name))
    pairs += [("检查事项", item_title(call)), ("依据", call.clause), ("职责", call.charge.get("reason", ""))]
    if call.called_by is not None and call.called_by.person is not None and not of_body:
        pairs.append(("经办人", call.called_by.person.name))
    if call.campaign:
        pairs.append(("专项督导", call.campaign))
    return pairs
