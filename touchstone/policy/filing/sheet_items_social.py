"""社会培训评价组织评分项目: what is looked at in a body that assesses the public, and how much does each item weigh?

Ours, as `sheet_items`. What differs from an enterprise: it serves anybody, takes fees, and may train those it assesses.
"""

from touchstone.policy.filing.sheet_items import Item

STANDING, INDEPENDENCE, PUBLIC = "法人资格与信用", "独立与公正", "公共服务与收费"
PEOPLE, PREMISES, QUESTIONS, QUALITY = "人员队伍", "场地与承载能力", "标准与题库", "质量与数据管理"

SOCIAL_ITEMS = (
    Item("standing.legal_person", STANDING, "在本市依法登记的独立法人，业务范围与申报的评价工作相符", 4, "法人登记证书、章程", is_key=True),
    Item("standing.credit", STANDING, "近三年没有严重失信和重大违法记录", 4, "信用报告", is_key=True),
    Item("standing.trade", STANDING, "在所申报的行业有稳定的工作基础，了解从业人员状况", 3, "行业工作成果、调研资料"),
    Item("standing.funds", STANDING, "有持续开展评价的经费，收支单独核算", 3, "财务报告、核算办法"),
    Item("independence.training", INDEPENDENCE, "评价与培训的部门、人员和账目分开，不以参加培训为报考条件", 6, "机构设置文件、报名材料", is_key=True),
    Item("independence.people", INDEPENDENCE, "教过考生的人员不担任其考评人员，回避有记录", 4, "回避声明、派遣表"),
    Item("independence.interests", INDEPENDENCE, "与培训单位、用人单位的利益关系已申明并有防范措施", 3, "利益申明、内部监督办法"),
    Item("independence.promises", INDEPENDENCE, "宣传真实，不承诺通过，不借用政府名义", 2, "宣传材料、网页"),
    Item("public.announcement", PUBLIC, "评价计划、报考条件和考点提前向社会公开", 3, "公告样本、网页"),
    Item("public.fees", PUBLIC, "收费项目和标准向社会公布，退费办法明确", 5, "收费公示、退费办法", is_key=True),
    Item("public.counter", PUBLIC, "有受理报名和咨询的固定窗口与电话，答复有时限", 3, "现场查看、受理登记"),
    Item("public.access", PUBLIC, "为残疾考生等有需要的人提供合理便利", 2, "便利办法、现场查看"),
    Item("public.reach", PUBLIC, "不设地域、单位和会员身份的报考限制", 2, "报名须知"),
    Item("people.managers", PEOPLE, "专职管理人员数量和经历符合要求，并在本组织参加社会保险", 4, "人员名册、劳动合同、参保记录"),
    Item("people.assessors", PEOPLE, "每个职业的考评人员数量、等级和专业符合要求", 5, "资格证书、聘用协议", is_key=True),
    Item("people.outside", PEOPLE, "考评人员来自多个单位，同一单位的不占多数", 2, "考评人员名册"),
    Item("people.supervisors", PEOPLE, "内部质量督导员独立履职，不参加被督导场次的考评", 3, "督导员名册、任命文件"),
    Item("premises.capacity", PREMISES, "考位数量与预计的社会报考人数相称，有分批安排", 4, "承载测算、考位清单", is_key=True),
    Item("premises.practical", PREMISES, "技能考场的设备和工位满足申报的最高等级", 4, "现场踏勘、设备清单", is_key=True),
    Item("premises.safety", PREMISES, "消防、用电和急救条件合格，人员疏散有安排", 4, "检查记录、现场踏勘", is_key=True),
    Item("premises.cameras", PREMISES, "视频监控覆盖全部考位和通道，录像可按时间调取", 3, "现场调取录像", is_key=True),
    Item("premises.identity", PREMISES, "入场核验身份，能防替考和违规携带物品", 3, "核验设备、演示"),
    Item("questions.standard", QUESTIONS, "依据的国家职业标准或评价规范现行有效，版本一致", 3, "标准文本", is_key=True),
    Item("questions.sets", QUESTIONS, "每个职业等级的题库套数符合要求，命题与培训人员分开", 4, "题库清单、命审题记录"),
    Item("questions.secrecy", QUESTIONS, "命题、印制、运送、保管和回收全程保密", 4, "保密协议、交接记录"),
    Item("quality.eligibility", QUALITY, "对社会考生的学历、工作年限等佐证有审核、有复核", 4, "审核表样本"),
    Item("quality.supervision", QUALITY, "每场考试有内部督导，发现的问题有整改闭环", 3, "督导记录样本"),
    Item("quality.objections", QUALITY, "投诉和异议渠道公开，处理结果告知本人", 3, "受理登记、答复样本"),
    Item("quality.data", QUALITY, "考生个人信息按权限使用，评价档案按批次归档", 3, "权限表、档案样本"),
)
