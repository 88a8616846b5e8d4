"""保存填报: how is a section kept, and what if two people write at once?"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.filings import permissions
from touchstone.filings.models import DraftSection, Filing
from touchstone.filings.operations._case import ROUTE, locked, note
from touchstone.filings.queries.checking import TITLES, WRITTEN, is_editable
from touchstone.kernel.law import Refusal


class SomebodySaved(Refusal):
    """Another person saved this section since it was opened here; what they wrote stands, and what is written here is not lost."""


def check_editable(filing: Filing) -> None:
    """This function will let pass what the applicant may still change. :raises Refusal: with a sentence."""
    if not is_editable(filing):
        raise Refusal(
            f"当前为“{filing.state_label}”，填报内容已锁定，不能修改。",
            ROUTE,
            "需要修改的，请等主管部门退回补正，或在允许时撤回申请。",
        )


@transaction.atomic
def save_draft(*, number: str, section: str, content: dict[str, Any], revision: int, session: str, by: Actor, at: datetime) -> DraftSection:
    """This function will keep what was written in one section. `revision` is what the page was opened on, `session` names the page.

    Saves of one session go into one revision and one line of the ledger, for a page saves itself while a person writes.

    :raises SomebodySaved: when another session has saved since. :raises Refusal: while the draft is locked.
    """
    filing = locked(number)
    permissions.check_may(by, "write", filing)
    check_editable(filing)
    if section not in WRITTEN:
        raise Refusal(f"“{section}”不是可以填写的部分。", None, "请从左侧的目录进入。")
    kept = filing.sections.filter(key=section).select_related("saved_by__person").first() or DraftSection(filing=filing, key=section, saved_at=at)
    same_page = bool(session) and kept.session == session
    if not same_page and kept.revision != revision:
        who = kept.saved_by.display_name if kept.saved_by else "另一位经办人"
        raise SomebodySaved(
            f"“{TITLES[section]}”已由{who}在{localtime(kept.saved_at):%m月%d日%H:%M}保存过，您的内容没有覆盖它。",
            None,
            "您填写的内容还在本页，请对照最新内容后再保存。",
        )
    kept.content, kept.session, kept.saved_at, kept.saved_by_id = content, session, at, by.user_id
    if not same_page:
        kept.revision += 1
    kept.save()
    Filing.objects.filter(pk=filing.pk).update(saved_at=at)
    if not same_page:
        note("filing.section_saved", filing, by=by.with_key(""), at=at, section=section, revision=kept.revision)
    return kept
