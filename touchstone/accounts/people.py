"""人员身份: how is a person found or entered by identity number without keeping it in the clear?"""

from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from touchstone.accounts.models import Person
from touchstone.kernel.numbers import clean_name, half_width, mask_id_number, mask_phone, name_key, parse_id_number
from touchstone.trust.fields import FieldKey

RESIDENT_ID = "居民身份证"
_ID_COLUMN = "accounts.person.id"


def field_key() -> FieldKey:
    """This function will give the installation's key for sealed fields."""
    return FieldKey.from_hex(settings.FIELD_KEY)


def id_index(id_number: str, id_kind: str = RESIDENT_ID) -> bytes:
    """This function will give the blind index of an identity number; numbers of other papers meet only those of the same kind."""
    return field_key().blind_index(id_number if id_kind == RESIDENT_ID else f"{id_kind}|{id_number}", _ID_COLUMN)


def _place(number: str, column: str) -> str:
    return f"accounts_person|{number}|{column}"


@dataclass(frozen=True)
class Identity:
    """Who somebody is by their papers. Sex and birthday are read from a resident identity number; for other papers they are told."""

    name: str
    id_number: str
    phone: str = ""
    id_kind: str = RESIDENT_ID
    sex: str = ""
    birthday: date | None = None

    def read(self) -> "Identity":
        """This method will give the identity tidied and completed. :raises ValueError: when a resident identity number is wrong."""
        name = clean_name(self.name)
        if self.id_kind != RESIDENT_ID:
            return replace(self, name=name, id_number=half_width(self.id_number).upper())
        parsed = parse_id_number(self.id_number)
        return replace(self, name=name, id_number=parsed.text, sex=parsed.sex, birthday=parsed.birthday)

    @property
    def index(self) -> bytes:
        return id_index(self.id_number, self.id_kind)


def person_of(identity: Identity, number: str = "") -> Person:
    """This function will make (not save) a person of an identity that was `read`, with sealed fields; numbered by the blind index."""
    index, key = identity.index, field_key()
    number = number or "P" + index.hex()[:16].upper()
    return Person(
        number=number,
        name=identity.name,
        name_key=name_key(identity.name),
        id_kind=identity.id_kind,
        id_sealed=key.seal(identity.id_number, _place(number, "id")),
        id_index=index,
        id_masked=mask_id_number(identity.id_number),
        phone_sealed=key.seal(identity.phone, _place(number, "phone")) if identity.phone else None,
        phone_masked=mask_phone(identity.phone),
        sex=identity.sex,
        birthday=identity.birthday,
    )


def new_person(*, number: str, name: str, id_number: str, phone: str = "") -> Person:
    """This function will make (not save) a person with sealed identity. :raises ValueError: when the number is wrong."""
    return person_of(Identity(name, id_number, phone).read(), number)


def opened_id_number(person: Person) -> str:
    """This function will open a person's identity number; whoever calls it records the unmasking."""
    return field_key().open(bytes(person.id_sealed), _place(person.number, "id"))


def opened_text(sealed: bytes, number: str, column: str, key: FieldKey) -> str:
    """This function will open what is sealed of the person with this number (`id` or `phone`); whoever calls it shows it to nobody."""
    return key.open(bytes(sealed), _place(number, column)) if sealed else ""


def opened_phone(person: Person) -> str:
    """This function will open a person's telephone number; whoever calls it records the unmasking."""
    return field_key().open(bytes(person.phone_sealed), _place(person.number, "phone")) if person.phone_sealed else ""
