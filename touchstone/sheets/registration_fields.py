"""报名表各列: what are the 33 columns, which must be filled, and what may stand in them?

The order and the option lists are those in use in local registration systems; 三(二)4 of the notice asks that registration be
recorded whole.
"""

from dataclasses import dataclass

from touchstone.sheets.shapes import Shape

TEMPLATE = "registration-33"
VERSION = "2024.1"
TITLE = "职业技能等级认定报名表"
SHEET = "报名信息"

EDUCATION = (
    "博士",
    "研究生",
    "大学本科",
    "大学专科和专科学校",
    "中等专业学校",
    "技校",
    "高级技校",
    "技师学院",
    "高中",
    "职高",
    "初中",
    "小学",
)
SOURCES = (
    "国有企业", "集体企业", "私营企业", "个体企业", "外商投资", "港澳台商投资", "职业高中", "普通技工学校", "高级技工学校", "技师学院",
    "职业技术学院", "普通中专", "普通高中", "普通大专", "普通大学", "研究生院", "其它", "下岗失业人员", "现役军人", "农民工",
    "劳改劳教人员", "其他人员", "机关事业单位",
)  # fmt: skip
ETHNICITIES = (
    "汉族", "蒙古族", "回族", "藏族", "维吾尔族", "苗族", "彝族", "壮族", "布依族", "朝鲜族", "满族", "侗族", "瑶族", "白族", "土家族", "哈尼族",
    "哈萨克族", "傣族", "黎族", "傈僳族", "佤族", "畲族", "高山族", "拉祜族", "水族", "东乡族", "纳西族", "景颇族", "柯尔克孜族", "土族", "达斡尔族",
    "仫佬族", "羌族", "布朗族", "撒拉族", "毛南族", "仡佬族", "锡伯族", "阿昌族", "普米族", "塔吉克族", "怒族", "乌孜别克族", "俄罗斯族", "鄂温克族",
    "德昂族", "保安族", "裕固族", "京族", "塔塔尔族", "独龙族", "鄂伦春族", "赫哲族", "门巴族", "珞巴族", "基诺族", "其他",
)  # fmt: skip
RESIDENT_ID = "居民身份证"
ID_KINDS = (
    RESIDENT_ID,
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "港澳居民居住证",
    "台湾居民居住证",
    "外国人永久居留身份证",
    "护照",
)
LEVELS = ("五级/初级工", "四级/中级工", "三级/高级工", "二级/技师", "一级/高级技师")
POLITICAL = ("中共党员", "中共预备党员", "共青团员", "民主党派成员", "无党派人士", "群众")
YES, NO = "是", "否"


@dataclass(frozen=True)
class Field:
    """One column: header, key in `RegistrationRow`, how it is read, whether it must be filled, and its options.

    `reads_as` is one of text, name, code, phone, date, years, email, postcode. `of_plan` names the list that each plan brings.
    """

    header: str
    key: str
    reads_as: str = "text"
    required: bool = True
    options: tuple[str, ...] = ()
    of_plan: str = ""
    max_length: int = 100
    example: str = ""
    when_certified: bool = False


FIELDS: tuple[Field, ...] = (
    Field("序号", "sequence", required=False, max_length=10, example="1（可以空着）"),
    Field("职业工种名称", "occupation", of_plan="occupations", example="从下拉表中选"),
    Field("认定等级", "level", of_plan="levels", example="从下拉表中选"),
    Field("申报条件", "condition", of_plan="conditions", max_length=300, example="从下拉表中选"),
    Field("证件类型", "id_kind", options=ID_KINDS, example=RESIDENT_ID),
    Field("证件号码", "id_number", "code", max_length=30, example="18位，末位X大写，按文本填写"),
    Field("姓名", "name", "name", max_length=60, example="与证件一致，少数民族姓名用“·”"),
    Field("性别", "sex", options=("男", "女"), example="男"),
    Field("出生日期", "birthday", "date", example="1990-01-01"),
    Field("手机号码", "phone", "phone", example="11位手机号码"),
    Field("是否有职业资格证书", "holds_certificate", options=(YES, NO), example="填“是”时须填后两列"),
    Field("证书等级", "certificate_level", required=False, options=LEVELS, when_certified=True, example="四级/中级工"),
    Field(
        "证书编号",
        "certificate_number",
        "code",
        required=False,
        max_length=40,
        when_certified=True,
        example="证书上的完整编号",
    ),
    Field("文化程度", "education", options=EDUCATION, example="大学专科和专科学校"),
    Field("所在省（市）区", "region", example="上海市浦东新区"),
    Field("考生来源", "source", options=SOURCES, example="国有企业"),
    Field("所在单位", "employer", max_length=120, example="单位全称"),
    Field("报名单位", "registering_body", max_length=120, example="单位全称"),
    Field("认定分类", "assessment_kind", options=("初次认定", "晋级认定"), example="初次认定"),
    Field("专业", "major", example="所学专业，没有填“无”"),
    Field("考试类型", "exam_kind", options=("正考", "补考"), example="正考"),
    Field("民族", "ethnicity", options=ETHNICITIES, example="汉族"),
    Field("参加工作时间", "started_work_on", "date", required=False, example="2012-07-01"),
    Field("电子邮箱", "email", "email", required=False, example="name@example.com"),
    Field("专业年限", "years_in_field", "years", example="从事本职业的年数，如5或5.5"),
    Field("户籍所在地", "household", required=False, max_length=200, example="省、市、区"),
    Field("政治面貌", "political", required=False, options=POLITICAL, example="群众"),
    Field("学历证书编号", "diploma_number", "code", required=False, max_length=40, example="毕业证书编号"),
    Field("简要经历", "experience", required=False, max_length=2000, example="起止年月、单位、岗位"),
    Field("通讯地址", "address", required=False, max_length=200, example="可以空着"),
    Field("证书领取方式", "collect_by", options=("自取", "单位代领", "邮寄", "电子证书"), example="自取"),
    Field("邮政编码", "postcode", "postcode", required=False, example="200000"),
    Field("邮寄地址", "mailing_address", required=False, max_length=200, example="领取方式为邮寄时填写"),
)
BY_HEADER = {field.header: field for field in FIELDS}
SHAPE = Shape(TITLE, SHEET, tuple(field.header for field in FIELDS), TEMPLATE, VERSION)


@dataclass(frozen=True)
class PlanOptions:
    """What one assessment plan allows: the lists of its drop-downs."""

    plan_number: str
    occupations: tuple[str, ...]
    levels: tuple[str, ...]
    conditions: tuple[str, ...]

    def of(self, field: Field) -> tuple[str, ...]:
        """This function will give the options of a column under this plan."""
        lists = {"occupations": self.occupations, "levels": self.levels, "conditions": self.conditions}
        return lists.get(field.of_plan, field.options)
