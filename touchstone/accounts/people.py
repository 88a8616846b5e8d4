"""人员身份: how is a person found or entered by identity number without keeping it in the clear?"""

from django.conf import settings

from touchstone.accounts.models import Person
from touchstone.kernel.numbers import clean_name, mask_id_number, mask_phone, name_key, parse_id_number
from touchstone.trust.fields import FieldKey

_ID_COLUMN = "accounts.person.id"


def field_key() -> FieldKey:
    """This function will give the installation's key for sealed fields."""
    return FieldKey.from_hex(settings.FIELD_KEY)


def id_index(id_number: str) -> bytes:
    """This function will give the blind index of an identity number."""
    return field_key().blind_index(id_number, _ID_COLUMN)


def _place(number: str, column: str) -> str:
    return f"accounts_person|{number}|{column}"


def new_person(*, number: str, name: str, id_number: str, phone: str = "") -> Person:
    """This function will make (not save) a person with sealed identity. :raises ValueError: when the number is wrong."""
    parsed = parse_id_number(id_number)
    key = field_key()
    name = clean_name(name)
    return Person(
        number=number,
        name=name,
        name_key=name_key(name),
        id_sealed=key.seal(parsed.text, _place(number, "id")),
        id_index=id_index(parsed.text),
        id_masked=mask_id_number(parsed.text),
        phone_sealed=key.seal(phone, _place(number, "phone")) if phone else None,
        phone_masked=mask_phone(phone),
        sex=parsed.sex,
        birthday=parsed.birthday,
    )


def opened_id_number(person: Person) -> str:
    """This function will open a person's identity number; whoever calls it records the unmasking."""
    return field_key().open(bytes(person.id_sealed), _place(person.number, "id"))


def opened_phone(person: Person) -> str:
    """This function will open a person's telephone number; whoever calls it records the unmasking."""
    return field_key().open(bytes(person.phone_sealed), _place(person.number, "phone")) if person.phone_sealed else ""
