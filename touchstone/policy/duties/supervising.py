"""三(三)、三(四)、质量监管与违纪违规处理: rows E1 to F5."""

from touchstone.policy.duties.duty import duty, row

ROWS = (
    row(
        "E1",
        "三(三)1",
        "监管职能分工",
        duty("区人社局督导本区备案的机构、注册的院校和设在本区的考核点"),
        duty("市职鉴中心组织实施、技术指导和监督检查"),
        duty("行业主管部门协助督导"),
        duty("评价机构内部督导、问题回溯、责任追究"),
    ),
    row(
        "E2",
        "三(三)2",
        "质量监管范围",
        duty("检查执行法规政策和质量管理体系的情况"),
        duty("检查真实性、与备案的一致性、公平公正和服务质量"),
        duty("核实投诉举报和媒体报道的线索"),
        duty("查处未经备案的评价活动"),
    ),
    row(
        "E3",
        "三(三)3",
        "监管方式",
        duty("双随机、一公开"),
        duty("现场检查、远程监控、调取资料"),
        duty("数据比对"),
        duty("日常督导和专项督导"),
    ),
    row("E4", "三(三)3", "考核与评估", duty("评价机构年度考核"), duty("备案期满评估"), duty("评估结果及时公布")),
    row("E5", "三(三)3", "分级分类监管", duty("机构分级分类"), duty("级别和类别改变监管方式")),
    row(
        "F1",
        "三(四)1",
        "认定处理的职能分工",
        duty("人社部门会同有关部门认定处理评价机构的违纪违规行为"),
        duty("评价机构认定处理参评人员和工作人员并配合核查"),
        duty("各方建立档案，保存过程、决定和佐证"),
    ),
    row(
        "F2",
        "三(四)2",
        "对评价机构分类处理",
        duty("尚未构成违纪违规的立行立改"),
        duty("一般情形约谈提醒、责令改正"),
        duty("严重情形警告、限期整改、暂停评价"),
        duty("特别严重情形终止备案"),
        duty("违反法律法规的移送处理"),
    ),
    row("F3", "三(四)2", "撤销违规证书数据", duty("超范围上传的证书数据撤销"), duty("有错误的证书数据撤销并更正"), duty("视情节处理责任机构")),
    row("F4", "三(四)2", "限制", duty("限制违规机构、人员和参评人员开展或参加评价"), duty("限制享受政策支持")),
    row(
        "F5",
        "三(四)3",
        "终止备案",
        duty(
            "评价机构自愿终止",
            rules=("filing.ending.may_ask_end", "filing.ending.ended_by_wish"),
            pages=("body:filing_end", "authority:end_requests", "authority:end_request", "body:termination"),
        ),
        duty(
            "逾期未申请续期、职业不可评价、主体灭失的自动终止",
            rules=(
                "filing.ending.not_renewed",
                "filing.ending.renewal_not_granted",
                "filing.ending.line_lost",
                "filing.ending.body_gone",
                "filing.ending.canary",
            ),
            pages=("authority:endings", "authority:ending_runs", "authority:ending_run", "authority:termination"),
        ),
        duty(
            "特别严重违纪违规的责令终止",
            rules=("filing.ending.may_finish_itself",),
            pages=("authority:filing_terminate", "authority:termination"),
        ),
        duty(
            "终止后妥善处理后续工作并继续承担责任",
            rules=("filing.ending.may_finish", "filing.ending.may_finish_itself", "filing.ending.certificate_stands"),
            pages=(
                "body:termination",
                "body:plan_replace",
                "body:plan_take_over",
                "authority:custodies",
                "authority:termination",
                "public:certificate",
            ),
        ),
    ),
)
