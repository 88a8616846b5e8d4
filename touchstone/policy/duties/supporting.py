"""三(二)、完善指导服务体系: rows D1 to D12."""

from touchstone.policy.duties.duty import duty, row

CONDITIONS = (
    "level_5.intends_to_work",
    "level_5.works_in_the_occupation",
    "level_4.worked_long_enough",
    "level_4.worked_long_enough_after_level_5",
    "level_4.graduated_from_a_school",
    "level_3.worked_long_enough",
    "level_3.worked_long_enough_after_level_4",
    "level_3.worked_long_enough_after_junior_title",
    "level_3.graduated_from_senior_class",
    "level_3.graduated_with_level_4",
    "level_3.graduated_from_assessed_programme",
    "level_2.worked_long_enough_after_level_3",
    "level_2.worked_after_junior_title_and_level_3",
    "level_2.worked_long_enough_after_middle_title",
    "level_2.graduate_with_level_3_worked",
    "level_2.technician_student_held_level_3",
    "level_1.worked_long_enough_after_level_2",
    "level_1.worked_after_middle_title_and_level_2",
    "level_1.worked_long_enough_after_senior_title",
)

ROWS = (
    row(
        "D1",
        "三(二)1",
        "评价标准",
        duty(
            "企业以国家职业标准或经核准的评价规范为依据，两者都没有的不能备案",
            rules=("filing.scope.basis_allowed", "filing.scope.specification_approved", "filing.scope.standard_in_force"),
            pages=("body:filing_scope", "authority:standards"),
        ),
        duty(
            "社会培训评价组织和院校只能以国家职业标准为依据，尚未颁布标准的职业暂不纳入",
            rules=("filing.scope.basis_allowed",),
            pages=("authority:occupation",),
        ),
        duty("备案的等级不超出标准规定的等级", rules=("filing.scope.level_within_standard",), pages=("body:filing_scope",)),
        duty(
            "标准与2023年版规程不一致的，以规程为准：按规程的申报条件逐人判定",
            rules=(
                "eligibility.override.standard_gives_way",
                "questions.structure.minutes_long_enough",
                "questions.structure.assessors_enough",
                *(f"eligibility.{key}" for key in CONDITIONS),
            ),
            pages=("body:candidate", "authority:structure", "public:standard"),
        ),
        duty(
            "标准和评价规范的内容（职业功能、要素、权重、考试方式）按版本管理，由第二人核准，变动时标记依据旧版的试题、试卷、计划和备案",
            rules=(
                "questions.structure.codes_well_nested",
                "questions.structure.functions_complete",
                "questions.structure.levels_agree",
                "questions.structure.columns_sum_up",
                "questions.structure.weighted_have_elements",
                "questions.structure.forms_complete",
            ),
            pages=("authority:structure_import", "authority:structure_import_run", "authority:structure", "authority:structure_compare",
                   "body:structure_import", "body:structure"),
        ),
    ),
    row(
        "D2",
        "三(二)2",
        "考评人员和内部质量督导人员",
        duty("评价机构对考评和督导人员培训、认定、派遣、考核"),
        duty("市人社局统筹规划，市职鉴中心指导和综合管理"),
        duty("各区对所辖区域专家队伍日常管理"),
        duty(
            "考评人员随机派遣，落实回避和轮换",
            rules=(
                "experts.dispatch.may_judge",
                "experts.dispatch.turn_has_come",
                "experts.dispatch.panel_changed",
                "experts.dispatch.enough_can_come",
                "exams.arrangement.dispatched",
            ),
            pages=("body:arrangement", "body:dispatch_request", "authority:dispatch_request", "expert:assignment"),
        ),
    ),
    row("D3", "三(二)2", "外部质量督导员", duty("市职鉴中心组建市级队伍"), duty("区人社局组建区级队伍")),
    row(
        "D4",
        "三(二)3",
        "题库资源",
        duty("严格依据标准或评价规范开发题库并及时更新"),
        duty("全市题库分步集中管理、共建共享"),
        duty("各区指导协调所辖机构的题库建设"),
    ),
    row(
        "D5",
        "三(二)4",
        "全程记录",
        duty("机构备案全程记录在平台", pages=("authority:filing", "body:filing")),
        duty(
            "评价报名和资格审核全程记录在平台",
            pages=("body:registration", "body:candidates", "body:candidate"),
        ),
        duty(
            "考场、签到和评价过程的监管记录在平台",
            rules=("exams.arrangement.supervised", "exams.arrangement.as_planned"),
            pages=("body:arrangement", "body:attendance", "body:scores", "body:results"),
        ),
        duty("评价机构自有系统通过接口报送备案、报名、审核和过程数据"),
    ),
    row("D6", "三(二)4", "动态化比对", duty("跨机构比对持续进行"), duty("与外部数据比对")),
    row("D7", "三(二)4", "实时性监控", duty("场次、考场、摄像和人员实时可见")),
    row("D8", "三(二)4", "智能化预警", duty("从数据中提出预警并说明原因"), duty("预警有答复、跟踪到办结")),
    row("D9", "三(二)4", "获证数据分析", duty("分析技能人才现状"), duty("研判发展趋势")),
    row(
        "D10",
        "三(二)5",
        "评价制度与保障措施",
        duty(
            "机构设置、管理制度有证据并经核查",
            rules=("filing.completeness.systems_written", "filing.safeguards.safeguards_shown", "filing.site_visit.venue_is_as_filed"),
            pages=("body:filing_section", "authority:filing_visit", "authority:filing_assessment"),
        ),
        duty(
            "场地、人员、设施设备和视频监控有证据并经核查",
            rules=(
                "filing.completeness.venue_has_rooms",
                "filing.completeness.rooms_are_watched",
                "filing.completeness.enough_assessors",
                "filing.safeguards.safeguards_shown",
                "filing.site_visit.venue_is_as_filed",
                "filing.site_visit.seen_by_two",
            ),
            pages=("body:filing_section", "authority:filing_visit", "authority:filing_assessment", "authority:filing_conclude", "authority:filing"),
        ),
    ),
    row(
        "D11",
        "三(二)5",
        "制度创新",
        duty(
            "大型企业面向市域外下属企业评价",
            rules=("eligibility.populations.subsidiary_covers",),
            pages=("body:subsidiary_new", "body:subsidiaries", "body:worker", "body:candidate"),
        ),
        duty("一考双证"),
        duty(
            "新型技师学院试点有范围、有期限、有总结和推广决定",
            rules=("pilots.has_a_term",),
            pages=("authority:pilots", "authority:pilot_new", "authority:pilot", "body:pilots", "body:pilot"),
        ),
    ),
    row("D12", "三(二)6", "激励机制", duty("引导企业将评价结果与使用、晋升、待遇挂钩"), duty("在聘技能人才比照相应专业技术人员享受待遇")),
)
