"""证书数据表各列: which columns tell of certificates that a body has issued, in the workbook, over the interface and to whoever checks a file?"""

from dataclasses import dataclass

from touchstone.sheets.existing_fields import LEVELS
from touchstone.sheets.shapes import Shape

TITLE, SHEET, TEMPLATE, VERSION = "证书数据上传表", "证书数据", "certificate-data", "2026.1"
RESIDENT_ID = "居民身份证"
ID_KINDS = (
    RESIDENT_ID,
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "港澳台居民居住证",
    "外国人永久居留身份证",
    "护照",
)


@dataclass(frozen=True)
class Field:
    """One column: its key, header, how it is read (text, name, code, date, level, mark), and how it is explained."""

    key: str
    header: str
    example: str
    required: bool = False
    reads_as: str = "text"
    longest: int = 60
    options: tuple[str, ...] = ()
    hint: str = ""


FIELDS = (
    Field("name", "姓名", "陈一", True, "name"),
    Field("id_kind", "证件类型", RESIDENT_ID, True, options=ID_KINDS),
    Field("id_number", "证件号码", "18位", True, "code", 30, hint="按证件原样填写，整列为文本"),
    Field("education", "文化程度", "高中", hint="没有的不填"),
    Field("occupation_code", "职业编码", "6-18-01-01", True, "code", 12),
    Field("occupation", "职业名称", "车工", True, longest=80),
    Field("trade", "工种名称", "数控车工", longest=80, hint="按职业认定的不填"),
    Field("level", "技能等级", "五级/初级工", True, "level", options=LEVELS),
    Field("theory", "理论成绩", "80", reads_as="mark"),
    Field("practical", "技能成绩", "85", reads_as="mark"),
    Field("panel", "综合评审成绩", "82", reads_as="mark", hint="二级、一级填写"),
    Field("number", "证书编号", "Y000031300001265000001", True, "code", 30),
    Field("issued_on", "发证日期", "2026-04-07", True, "date"),
    Field("plan", "计划编号", "JH2026000001", reads_as="code", longest=40, hint="平台上的认定计划；平台上线以前的证书不填"),
)
SHAPE = Shape(TITLE, SHEET, tuple(one.header for one in FIELDS), TEMPLATE, VERSION, tuple(one.header for one in FIELDS if not one.required))
ANY_FILE = Shape(TITLE, "", SHAPE.columns, optional_columns=SHAPE.optional_columns, max_rows=1_000_000)
"""The same columns in a workbook that need not be our template."""
