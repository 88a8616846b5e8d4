"""院校评分项目: what is looked at in a school that assesses its students, and how much does each item weigh?

Ours, as `sheet_items`. What differs from an enterprise: the candidates are on the academic register, the assessors teach,
and assessing must be kept apart from teaching.
"""

from touchstone.policy.filing.sheet_items import Item

RUNNING, SEPARATION, STUDENTS = "办学与组织", "教考分离", "学籍与评价对象"
PEOPLE, PREMISES, QUESTIONS, QUALITY = "师资与考评队伍", "实训与考试条件", "标准、课程与题库", "质量与数据管理"

SCHOOL_ITEMS = (
    Item("running.approval", RUNNING, "办学许可或批准设立文件有效，开设与申报职业相应的专业", 4, "办学许可、专业备案文件", is_key=True),
    Item("running.department", RUNNING, "设有负责评价的部门，与教务、招生部门职责分清", 4, "机构设置文件", is_key=True),
    Item("running.leader", RUNNING, "有分管校领导，评价工作列入年度计划", 2, "任命文件、年度计划"),
    Item("running.systems", RUNNING, "管理制度齐全，已正式印发并向学生公布", 4, "制度汇编、公布记录"),
    Item("running.funds", RUNNING, "评价经费有预算，不向学生强制收费", 3, "预算批复、收费说明"),
    Item("separation.people", SEPARATION, "任课教师不考评自己所教的班级", 6, "派遣表、回避声明", is_key=True),
    Item("separation.questions", SEPARATION, "命题人员不承担同批考生的考前辅导", 4, "命题安排、课表"),
    Item("separation.scores", SEPARATION, "课程成绩不直接替代评价成绩，两套成绩分别管理", 3, "成绩管理办法、样本"),
    Item("separation.outside", SEPARATION, "每批考评组有行业企业的考评人员参加", 3, "聘用协议、派遣表"),
    Item("students.register", STUDENTS, "评价对象的学籍可以逐人核对，注册状态准确", 5, "学籍系统核对、名册", is_key=True),
    Item("students.graduating", STUDENTS, "毕业学年学生的认定办法明确，起止日期有依据", 4, "认定办法、名册样本", is_key=True),
    Item("students.eligibility", STUDENTS, "按专业和学制审核可以申报的等级，佐证可追溯", 4, "审核表样本"),
    Item("students.choice", STUDENTS, "学生自愿参加，不与毕业和学位不当挂钩", 2, "学生须知、访谈"),
    Item("people.managers", PEOPLE, "专职管理人员数量和经历符合要求", 3, "人员名册、聘任文件"),
    Item("people.assessors", PEOPLE, "每个职业的考评人员数量和等级符合要求，教师考评员有实践经历", 5, "资格证书、企业实践记录", is_key=True),
    Item("people.supervisors", PEOPLE, "内部质量督导员独立于教学部门履职", 3, "督导员名册、任命文件"),
    Item("people.training", PEOPLE, "教师考评员受过评价业务培训，每年考核", 2, "培训记录"),
    Item("premises.theory", PREMISES, "理论考场可与日常教学隔开，座位和监控符合要求", 3, "现场踏勘"),
    Item("premises.practical", PREMISES, "实训工位满足申报的最高等级，设备与生产实际相近", 4, "现场踏勘、设备清单", is_key=True),
    Item("premises.safety", PREMISES, "消防、用电、劳动防护和急救条件合格", 4, "检查记录、现场踏勘", is_key=True),
    Item("premises.cameras", PREMISES, "视频监控覆盖全部考位和通道，录像可按时间调取", 3, "现场调取录像", is_key=True),
    Item("questions.standard", QUESTIONS, "依据的国家职业标准或评价规范现行有效，版本一致", 3, "标准文本", is_key=True),
    Item("questions.courses", QUESTIONS, "专业课程覆盖标准的技能要求，能说明对应关系", 4, "课程与标准对照表"),
    Item("questions.sets", QUESTIONS, "每个职业等级的题库套数符合要求，不与课程试题混用", 4, "题库清单、命审题记录"),
    Item("questions.secrecy", QUESTIONS, "命题、印制、运送、保管和回收全程保密", 3, "保密协议、交接记录"),
    Item("quality.supervision", QUALITY, "每场考试有内部督导，发现的问题有整改闭环", 3, "督导记录样本"),
    Item("quality.objections", QUALITY, "成绩公示、学生申诉和复核渠道公开", 3, "公示样本、受理登记"),
    Item("quality.data", QUALITY, "学生个人信息按权限使用，数据有备份", 2, "权限表、备份记录"),
    Item("quality.archive", QUALITY, "评价档案与教学档案分开，按批次归档", 3, "档案样本"),
)
