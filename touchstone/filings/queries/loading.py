"""存量装入查询: which workbooks were tried and loaded, what came of each row, and what stands in the way of taking one back?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import ForeignObjectRel, Model, QuerySet

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.filings.models import Ground, Loading, LoadingRow, LoadingSet
from touchstone.policy.documents import notice

OUTCOMES = LoadingRow.Outcome.choices
LoadingRowSet = QuerySet[LoadingRow]
_WORDS = {
    "exams.Plan": "认定计划",
    "exams.Sitting": "考试场次",
    "certificates.Certificate": "证书",
    "filings.Filing": "备案申请",
    "filings.ScopeItem": "评价范围",
    "filings.Termination": "终止备案",
    "filings.EndRequest": "终止申请",
    "filings.Suspension": "暂停评价",
    "filings.CatalogueFlag": "目录变化提示",
    "filings.AssociationMove": "协会项目纳入计划",
    "bodies.Venue": "考核点",
    "bodies.Room": "考场",
    "bodies.StaffMember": "人员",
    "bodies.Worker": "在岗职工",
    "bodies.Student": "学籍",
    "bodies.Agreement": "校企合作协议",
    "bodies.Commission": "委托",
    "bodies.Subsidiary": "下属企业",
    "bodies.FormerFact": "机构更名记录",
    "accounts.Holding": "人员岗位",
    "accounts.Office": "单位",
    "calls.Application": "征集申报",
    "calls.Selection": "遴选结果",
}


def loadings(actor: Actor) -> LoadingSet:
    """This function will give the workbooks an actor may see, newest first."""
    return Loading.objects.visible_to(actor).select_related("office", "begun_by__person", "undone_by__person").order_by("-id")


def loading(number: str, actor: Actor) -> Loading:
    """This function will give one workbook. :raises NotAllowed: when there is none, or it is another office's."""
    found = loadings(actor).filter(number=number).first()
    if found is None:
        raise NotAllowed(f"没有找到装入件{number}，或者它不是您所在单位的。", notice("一"), "请核对编号，或返回“存量装入”查找。")
    return found


def loading_rows(loading: Loading) -> LoadingRowSet:
    """This function will give what came of each row, in the order of the workbook."""
    return loading.rows.order_by("id")


def load_of(tried: Loading) -> Loading | None:
    """This function will give the load of the same file that followed a dry run and stands; None when there is none."""
    later = Loading.objects.filter(sha256=tried.sha256, office=tried.office, dry_run=False, undone_at__isnull=True, failed_because="")
    return later.order_by("-id").first()


def unfinished_loadings(before: datetime) -> list[str]:
    """This function will give the numbers of workbooks that came before a moment and are neither done nor given up."""
    found = Loading.objects.filter(finished_at__isnull=True, failed_because="", begun_at__lt=before)
    return list(found.values_list("number", flat=True))


def unfinished_undoings(before: datetime) -> list[str]:
    """This function will give the numbers of workbooks whose undoing was asked before a moment and is not done."""
    return list(Loading.objects.filter(undo_asked_at__lt=before, undone_at__isnull=True).values_list("number", flat=True))


@dataclass
class Made:
    """Everything a workbook made, by its keys; `row_of` leads back from a thing to the row that made it."""

    pks: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    row_of: dict[tuple[str, int], LoadingRow] = field(default_factory=dict)
    coded: list[str] = field(default_factory=list)

    def add(self, label: str, pk: int, row: LoadingRow) -> None:
        """This method will note a thing."""
        self.pks[label].add(pk)
        self.row_of[label, pk] = row


_NUMBERED = {"body": "bodies.Body", "venue": "bodies.Venue", "filing": "filings.Filing"}


def what_was_made(loading: Loading) -> Made:
    """This function will give everything a workbook made that has not been taken back, the bodies' offices included."""
    made, rows = Made(), list(loading.rows.exclude(made={}).exclude(outcome=LoadingRow.Outcome.UNDONE))
    for key, label in _NUMBERED.items():
        numbered = {row.made[key]: row for row in rows if key in row.made}
        for pk, number in apps.get_model(label).objects.filter(number__in=numbered).values_list("pk", "number"):
            made.add(label, pk, numbered[number])
    for row in rows:
        for pk in row.made.get("items", ()):
            made.add("filings.ScopeItem", pk, row)
        if "suspension" in row.made:
            made.add("filings.Suspension", row.made["suspension"], row)
        if "coded" in row.made:
            made.coded.append(row.made["coded"])
    body = apps.get_model("bodies.Body")
    for pk, office in body.objects.filter(pk__in=made.pks["bodies.Body"]).values_list("pk", "office_id"):
        made.add("accounts.Office", office, made.row_of["bodies.Body", pk])
    return made


def in_the_way(loading: Loading, most: int = 200) -> list[tuple[LoadingRow, str]]:
    """This function will give the rows whose things something now rests on, with a sentence for each, up to `most`; none: it can be undone."""
    made, found = what_was_made(loading), []
    for row, sentence in [*_resting(made), *_used_codes(made, loading)]:
        if (row, sentence) not in found:
            found.append((row, sentence))
        if len(found) >= most:
            break
    return sorted(found, key=lambda pair: pair[0].pk)


def _resting(made: Made) -> Iterator[tuple[LoadingRow, str]]:
    """Whatever refers to a thing that was made, and was not made with it; apps above this one are found without being known."""
    for label, pks in made.pks.items():
        for relation in _relations(apps.get_model(label)):
            other = relation.related_model
            same = made.pks.get(other._meta.label, set())
            referring = other._default_manager.filter(**{f"{relation.field.name}__in": pks}).exclude(pk__in=same)
            for thing in referring.order_by("pk")[:50]:
                row = made.row_of[label, getattr(thing, relation.field.attname)]
                word = _WORDS.get(other._meta.label, str(other._meta.verbose_name))
                yield row, f"“{row.subject}”已有{word}“{thing}”，不能撤销。"


def _relations(model: type[Model]) -> Iterable[ForeignObjectRel]:
    found = [one for one in model._meta.get_fields(include_hidden=True) if isinstance(one, ForeignObjectRel) and not one.many_to_many]
    return [one for one in found if one.related_model is not Ground]  # kept by the database itself; it goes with its filing


def _used_codes(made: Made, loading: Loading) -> Iterator[tuple[LoadingRow, str]]:
    """A site code given to a body that was here before stays once a certificate bears it."""
    certificate = apps.get_model("certificates.Certificate")
    used: Mapping[str, Any] = dict(certificate.objects.filter(body__number__in=made.coded).values_list("body__number", "number"))
    for row in loading.rows.filter(made__has_key="coded"):
        if number := used.get(row.made["coded"]):
            yield row, f"“{row.subject}”已用该站点序列码发出证书{number}，不能撤销。"
