"""拒绝公用: is what must not be done refused with a whole sentence, and is nothing changed afterwards?

Used wherever verbs are tried in the wrong state, by the wrong role, on foreign ground or without words.
"""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from touchstone.kernel.law import Refusal

WATCHED = ("filings", "calls", "ledger.Entry", "tasks", "notices.PublicNotice", "notices.Objection", "files.Attachment", "bodies.Body")


def everything(*more: str) -> dict[str, list[Any]]:
    """Give every row that an operation on a call or a filing (or of the apps named beside) could touch."""
    watched = (*WATCHED, *more)
    models = [m for name in watched for m in ([apps.get_model(name)] if "." in name else apps.get_app_config(name).get_models())]
    return {m._meta.label: list(m._default_manager.order_by("pk").values()) for m in models}


def refused_and_nothing_changed(attempt: Callable[[], object], says: str, *more: str) -> None:
    """Try one thing that must not be done; what it did before it was refused is undone with it."""
    before = everything(*more)
    with pytest.raises(Refusal, match=says), transaction.atomic():
        attempt()
    assert everything(*more) == before


def all_refused_and_nothing_changed(attempts: Iterable[tuple[str, Callable[[], object], str]], *more: str) -> None:
    """Try everything that must not be done at one stage (name, attempt, what it must say); what went wrong is told by the name of the case."""
    before, wrong = everything(*more), []
    for name, attempt, said in attempts:
        try:
            attempt()
        except Refusal as refusal:
            whole = refusal.sentence.endswith("。") and refusal.next_step
            if said not in refusal.sentence + refusal.next_step or not whole:
                wrong.append(f"{name}：说的是“{refusal}”")
        else:
            wrong.append(f"{name}：没有拒绝")
        if everything(*more) != before:
            wrong.append(f"{name}：拒绝之后有东西变了")
            break
    assert not wrong, "\n".join(wrong)
