"""批次公用: a batch is found and held, numbered, and its sentences are the same everywhere."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.timezone import localtime

from touchstone.accounts.people import field_key
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import written
from touchstone.ledger.numbering import next_serial
from touchstone.policy.certificates.receiving import supervised_by_district
from touchstone.policy.roles import BodyKind, Ownership
from touchstone.uploads.models import Batch, Entry
from touchstone.uploads.states import REVIEW

if TYPE_CHECKING:
    from touchstone.accounts.models import Office
    from touchstone.bodies.models import Body

FILE, RESULTS = "证书数据", "核对结果"


def locked(number: str) -> Batch:
    """This function will give a batch, held until the transaction ends. :raises Refusal: when there is none."""
    found = Batch.objects.select_for_update(of=("self",)).select_related("body__office", "office").filter(number=number).first()
    if found is None:
        raise Refusal(f"没有编号为{number}的证书数据批次。", REVIEW, "请核对编号。")
    return found


def new_number(at: datetime) -> str:
    """This function will give the next batch's number."""
    year = localtime(at).year
    return f"ZS{year}{next_serial(f'certificate-batch-{year}'):06d}"


def reviewing_office(body: "Body", at: datetime) -> "Office":
    """This function will give the office that reviews a body's certificate data: its district's bureau, or the city centre."""
    by_district = supervised_by_district(BodyKind(body.kind), Ownership(body.ownership), localtime(at).date())
    return district_bureau(body.district) if by_district else city_centre()


def one_at_a_time() -> None:
    """Rows of two batches wait for each other, so that the same certificate does not come in twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('certificate-data', 0))")


def _place_of(batch: str, row: int) -> str:
    """This function will name where a sealed identity number belongs."""
    return f"uploads_entry|{batch}-{row}|id"


def sealed(id_number: str, batch: str, row: int) -> bytes:
    """This function will seal the identity number of a row."""
    return field_key().seal(id_number, _place_of(batch, row))


def opened(one: Entry) -> str:
    """This function will open the identity number of a row ("" where none could be read); whoever passes it on puts that on record."""
    return field_key().open(bytes(one.id_sealed), _place_of(one.batch.number, one.row_number)) if one.id_sealed else ""


def words(text: str, sentence: str) -> str:
    """This function will give a reason, trimmed. :raises WordsMissing: with the sentence, when there is none."""
    return written(text, sentence, REVIEW, "请写明后再提交。")[:300]
