"""证书数据用字: in which tone does each state of a batch and a row stand, the same on every page?"""

from touchstone.uploads.states import Act, BatchState, EntryState, National, ParcelState, Way

_BATCH_TONES = {
    BatchState.READING: "info",
    BatchState.CHECKED: "info",
    BatchState.UNDER_REVIEW: "info",
    BatchState.RETURNED: "warn",
    BatchState.ACCEPTED: "ok",
    BatchState.REFUSED: "danger",
    BatchState.REVERTED: "neutral",
    BatchState.FAILED: "danger",
    BatchState.TRIED: "neutral",
}
_ROW_TONES = {
    EntryState.PASSED: "ok",
    EntryState.BROKEN: "danger",
    EntryState.OBJECTED: "warn",
    EntryState.REPLACED: "neutral",
    EntryState.ACCEPTED: "ok",
    EntryState.REFUSED: "danger",
    EntryState.REVERTED: "neutral",
    EntryState.REVOKED: "danger",
}
_NATIONAL_TONES = {National.NONE: "neutral", National.WAITING: "info", National.SENT: "info", National.TAKEN: "ok", National.RETURNED: "warn"}
_PARCEL_TONES = {ParcelState.MADE: "info", ParcelState.SENT: "info", ParcelState.RECEIPTED: "ok"}
BATCH_STATES = {one.value: (one.label, tone) for one, tone in _BATCH_TONES.items()}
ROW_STATES = {one.value: (one.label, tone) for one, tone in _ROW_TONES.items()}
NATIONAL_STATES = {one.value: (one.label, tone) for one, tone in _NATIONAL_TONES.items()} | {"revoked": ("全国查询已撤销", "ok")}
ACT_STATES = {Act.ENTER.value: (Act.ENTER.label, "neutral"), Act.REVOKE.value: (Act.REVOKE.label, "danger")}
PARCEL_STATES = {one.value: (one.label, tone) for one, tone in _PARCEL_TONES.items()}
BATCH_CHOICES = [(one.value, one.label) for one in BatchState if one is not BatchState.TRIED]
ROW_CHOICES = [(one.value, one.label) for one in EntryState]
NATIONAL_CHOICES = [(one.value, one.label) for one in National if one is not National.NONE]
WAY_CHOICES = [(one.value, one.label) for one in Way if one is not Way.EXISTING]
ACT_CHOICES = [(one.value, one.label) for one in Act]
PARCEL_CHOICES = [(one.value, one.label) for one in ParcelState]
