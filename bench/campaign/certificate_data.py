"""证书数据导入被终止: are certificates of before the platform, whose loading is killed -9 again and again, entered exactly once?"""

import hashlib
from collections import Counter
from datetime import date
from itertools import count
from random import Random
from typing import Any

from bench.campaign import children, stage
from bench.campaign.imported import Imported
from bench.campaign.importer import Import, killed_again_and_again
from bench.campaign.outcome import Outcome, Tell

_turns = count(1)
LEVEL = 4
WRONG_EVERY = 7
"""Every so many rows one has a score below the pass mark."""


def run(small: bool, tell: Tell) -> Outcome:
    """This function will load such workbooks, killing the loader at random moments, and compare each with one never killed."""
    return killed_again_and_again(Import(hand_in, children.process_certificate_data, committed, doubled, loaded), small, tell)


def hand_in(rows: int) -> str:
    """This function will try a workbook with so many rows of a body's earlier certificates, and begin to load it.

    Every workbook has the same rows; its people and numbers are its own.
    """
    from touchstone.accounts.actor import PLATFORM
    from touchstone.certificates.facts.keys import city_root
    from touchstone.certificates.operations import make_city_root
    from touchstone.uploads import operations

    stage.ground()
    body, clerk, at = stage.body_of("ren"), stage.acting("zhou"), stage.now()
    if city_root() is None:
        make_city_root(by=PLATFORM, at=at)  # so that what is entered is signed
    tried = operations.receive_existing(body=body, name="存量证书.xlsx", content=_workbook(next(_turns), rows), by=clerk, at=at)
    tried = operations.process(number=tried.number, by=PLATFORM, at=at)
    assert tried.passed > rows / 2, list(tried.entries.exclude(sentence="").values_list("sentence", flat=True)[:3])
    return str(operations.load_tried(number=tried.number, by=clerk, at=at).number)


def _workbook(turn: int, rows: int) -> bytes:
    from touchstone.policy.certificates.numbering import prefix_of
    from touchstone.policy.eligibility.levels import Level
    from touchstone.policy.roles import BodyKind
    from touchstone.sheets.certificates import template
    from touchstone.simulation.crowd import Registry, person_name

    body, item, today = stage.body_of("ren"), stage.scope(LEVEL), stage.now().date()
    random, registry = Random(stage.SEED), Registry(Random(stage.SEED), place=f"3198{turn:02d}")
    prefix = prefix_of(BodyKind(body.kind), body.site_code or "", today, national_code=body.national_code)
    lines = []
    for place in range(rows):
        male = random.random() < 0.6
        number, _ = registry.enter(born_from=date(1970, 1, 1), born_until=date(1999, 12, 31), male=male)
        lines.append(
            {
                "name": person_name(random, male=male),
                "id_kind": "居民身份证",
                "id_number": number,
                "education": "高中",
                "occupation_code": item.occupation.code,
                "occupation": item.occupation.name,
                "trade": "",
                "level": Level(LEVEL).label,
                "theory": "59" if place % WRONG_EVERY == 3 else "80",
                "practical": "85",
                "number": f"{prefix}{today:%y}{LEVEL}{turn * 10_000 + place:06d}",
                "issued_on": today.isoformat(),
            }
        )
    return template(lines)


def committed(number: str) -> dict[int, str]:
    """This function will give the rows that are committed now, by row number, each with its certificate number."""
    from touchstone.uploads.models import Entry

    return dict(Entry.objects.filter(batch__number=number).values_list("row_number", "number"))


def doubled(number: str) -> int:
    """This function will count what is there more than once: rows, and lines of the ledger about one certificate."""
    from touchstone.ledger.models import Entry as Line
    from touchstone.uploads.models import Entry

    rows = list(Entry.objects.filter(batch__number=number).values_list("row_number", flat=True))
    lines = list(Line.objects.filter(event="certificate.entered", subject__in=_accepted(number)).values_list("subject", flat=True))
    return len(rows) - len(set(rows)) + len(lines) - len(set(lines))


def _accepted(number: str) -> list[str]:
    from touchstone.uploads.models import Entry

    return list(Entry.objects.filter(batch__number=number, state="accepted").values_list("number", flat=True))


def loaded(number: str) -> Imported:
    """This function will describe a loading. Numbers and identities, which differ between two workbooks, are left out."""
    from touchstone.certificates.models import Certificate, Credential
    from touchstone.ledger.models import Entry as Line
    from touchstone.uploads.models import Batch, Entry

    batch, accepted = Batch.objects.get(number=number), _accepted(number)
    rows = [repr(one) for one in Entry.objects.filter(batch=batch).order_by("row_number").values_list("row_number", "state", "link", "national")]
    there = Certificate.objects.filter(number__in=accepted).order_by("number")
    papers = [repr(one) for one in there.values_list("holder_name", "level", "theory", "practical", "state", "issued_on")]
    events: Counter[Any] = Counter(Line.objects.filter(subject=number).values_list("event", flat=True))
    entered = Line.objects.filter(event="certificate.entered", subject__in=accepted).count()
    counts = {"行": len(rows), "证书": len(papers), "签名": Credential.objects.filter(certificate__in=there).count(), "登记": entered}
    counts |= {f"存证 {event}": events[event] for event in sorted(events)}
    whole = [batch.state, batch.total, batch.cursor, batch.passed, batch.broken]
    text = "\n".join([*rows, *papers, repr(counts), repr(whole)])
    return Imported(hashlib.sha256(text.encode()).hexdigest(), counts)
