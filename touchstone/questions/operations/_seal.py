"""封存公用: whose share is this, how are shares joined, and which place is a sealed thing bound to?"""

import hashlib
from datetime import datetime

from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.policy.questions.papers import SEALING
from touchstone.questions.models import KeyShare, Paper, PaperForm


def own_share(paper: Paper, by: Actor) -> KeyShare:
    """This function will give the actor's own share, locked. :raises NotAllowed: to anybody but a holder."""
    found = KeyShare.objects.select_for_update().filter(paper=paper, holder_id=by.user_id).first()
    if found is None:
        raise NotAllowed("您不是这份试卷的密钥保管人。", SEALING, f"您当前身份为“{by.label}”，请由封存时指定的保管人办理。")
    return found


def xored(one: bytes, other: bytes) -> bytes:
    """This function will give the exclusive or of two shares."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def digest_of_share(share: bytes) -> str:
    """This function will give what is kept of a share."""
    return hashlib.sha256(share).hexdigest()


def place_of(form: PaperForm) -> str:
    """This function will name the place that a sealed form is bound to."""
    return f"questions|paper|{form.paper.number}|{form.letter}"


def waits_at(paper: Paper, holder: int) -> str:
    """This function will name the place that a waiting share is bound to."""
    return f"questions|share|{paper.number}|{holder}"


def clock(moment: datetime) -> str:
    """This function will write an hour for people."""
    here = localtime(moment)
    return f"{here.year}年{here.month}月{here.day}日{here:%H:%M}"

