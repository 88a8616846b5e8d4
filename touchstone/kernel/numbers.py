"""号码: is this number well formed, and what does it say?

Identity numbers (GB 11643), unified social credit codes (GB 32100), certificate numbers (national rule, 22 places), and
the matching key of names.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_MIDDLE_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅･●▪", "·"))


@dataclass(frozen=True)
class IdNumber:
    """A resident identity number of 18 places."""

    text: str
    birthday: date
    sex: str
    district_code: str

    @property
    def masked(self) -> str:
        return mask_id_number(self.text)


def half_width(text: str) -> str:
    """This function will turn full-width letters, digits and blanks into half-width ones and trim."""
    return unicodedata.normalize("NFKC", text).replace("\u00a0", " ").strip()


def id_check_place(first17: str) -> str:
    """This function will give the check place of 17 digits (GB 11643: ISO 7064 MOD 11-2)."""
    return ID_CHECK[sum(int(d) * w for d, w in zip(first17, ID_WEIGHTS, strict=True)) % 11]


def parse_id_number(text: str) -> IdNumber:
    """This function will read an identity number of 18 places; full-width digits and a small x are understood.

    :raises ValueError: with a sentence that says which part is wrong.
    """
    cleaned = half_width(text).upper().replace(" ", "")
    if re.fullmatch(r"\d{15}", cleaned):
        raise ValueError("证件号码为15位旧号，请填写18位居民身份证号码。")
    if len(cleaned) != 18:
        raise ValueError(f"证件号码应为18位，现为{len(cleaned)}位。")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", cleaned):
        raise ValueError("证件号码前17位应为数字，末位应为数字或X。")
    try:
        birthday = date(int(cleaned[6:10]), int(cleaned[10:12]), int(cleaned[12:14]))
    except ValueError:
        raise ValueError("证件号码第7至14位不是有效的出生日期。") from None
    if cleaned[17] != id_check_place(cleaned[:17]):
        raise ValueError("证件号码校验位不符，请核对是否录错。")
    return IdNumber(cleaned, birthday, "男" if int(cleaned[16]) % 2 else "女", cleaned[:6])


def uscc_check_place(first17: str) -> str:
    """This function will give the check place of 17 places (GB 32100: ISO 7064 MOD 31-3).

    :raises ValueError: when a place is outside the alphabet (I, O, S, V, Z are not used).
    """
    total = sum(_USCC_ALPHABET.index(place) * w for place, w in zip(first17, _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[(31 - total % 31) % 31]


def parse_uscc(text: str) -> str:
    """This function will read a unified social credit code. :raises ValueError: with a sentence."""
    cleaned = half_width(text).upper().replace(" ", "")
    if len(cleaned) != 18:
        raise ValueError(f"统一社会信用代码应为18位，现为{len(cleaned)}位。")
    if not re.fullmatch(r"[0-9ABCDEFGHJKLMNPQRTUWXY]{2}\d{6}[0-9ABCDEFGHJKLMNPQRTUWXY]{10}", cleaned):
        raise ValueError("统一社会信用代码含有不允许的字符，第3至8位应为数字，且不使用字母I、O、S、V、Z。")
    if cleaned[17] != uscc_check_place(cleaned[:17]):
        raise ValueError("统一社会信用代码校验位不符，请核对营业执照。")
    return cleaned


@dataclass(frozen=True)
class CertificateNumber:
    """A certificate number of 22 places (职业技能等级证书编码规则).

    letter (1) · MOHRSS code (4) · province (2) · site (6) · year (2) · level (1, a letter for 特级/首席技师) · serial (6)
    """

    letter: str
    national_code: str
    province: str
    site: str
    year: str
    level: str
    serial: str

    def __str__(self) -> str:
        return "".join((self.letter, self.national_code, self.province, self.site, self.year, self.level, self.serial))

    @property
    def prefix(self) -> str:
        """The thirteen places that stay the same for one body and site during one filing."""
        return str(self)[:13]


_CERTIFICATE = re.compile(r"([YS])([0-9]{4})([0-9]{2})([0-9]{6})([0-9]{2})([1-5]|[A-Z])([0-9]{6})")


def parse_certificate_number(text: str) -> CertificateNumber:
    """This function will read a certificate number; full-width places and blanks are understood.

    :raises ValueError: with a sentence that says which part is wrong.
    """
    cleaned = half_width(text).upper().replace(" ", "")
    if len(cleaned) != 22:
        raise ValueError(f"证书编号应为22位，现为{len(cleaned)}位。")
    found = _CERTIFICATE.fullmatch(cleaned)
    if found is None:
        raise ValueError("证书编号应为1位字母Y或S加21位数字（特级技师、首席技师第16位为字母）。")
    number = CertificateNumber(*found.groups())
    if number.level.isalpha() and number.letter != "Y":
        raise ValueError("只有用人单位（Y）可以评聘特级技师、首席技师，证书编号首位与第16位不符。")
    return number


def mask_id_number(text: str) -> str:
    """This function will hide all but the first three and last four places."""
    return text if len(text) < 8 else text[:3] + "*" * (len(text) - 7) + text[-4:]


def mask_phone(text: str) -> str:
    """This function will hide the middle of a telephone number."""
    return text if len(text) < 7 else text[:3] + "*" * (len(text) - 7) + text[-4:]


def mask_name(text: str) -> str:
    """This function will hide a name: 张三 → 张*, 张小三 → 张*三, 阿依古丽·买买提 → 阿*****提."""
    if len(text) <= 1:
        return "*"
    return text[0] + "*" if len(text) == 2 else text[0] + "*" * (len(text) - 2) + text[-1]


def clean_name(text: str) -> str:
    """This function will tidy a name without touching rare characters: one form of the middle dot, no stray blanks."""
    tidy = text.replace("\u00a0", " ").replace("\u3000", " ").translate(_MIDDLE_DOTS).strip()
    return re.sub(r"\s+", "" if re.search(r"[\u3400-\u9fff\U00020000-\U0003ffff]", tidy) else " ", tidy)


def name_key(text: str) -> str:
    """This function will give the key under which a name is matched: folded width and case, no dots and blanks."""
    folded = unicodedata.normalize("NFKC", text.translate(_MIDDLE_DOTS)).casefold()
    return re.sub(r"[\s·.。-]", "", folded)
