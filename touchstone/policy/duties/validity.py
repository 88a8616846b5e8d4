"""四、其他方面: rows G1 and G2."""

from touchstone.policy.duties.duty import duty, row

ROWS = (
    row(
        "G1",
        "四(一)(二)",
        "施行与效力",
        duty(
            "通知自2024年5月1日起施行，每条规则和每个数值都有施行日期和条款",
            rules=("precedence.notice_in_force",),
            pages=("public:policy_book",),
        ),
        duty(
            "其他文件与通知不一致的以通知为准，国家和本市出台新规定的按新规定执行",
            rules=("precedence.notice_beats",),
            pages=("public:policy_book",),
        ),
        duty("办理事项依当日有效的规定判定，并记明条款", pages=("authority:filing", "body:candidate")),
        duty("通知未涉及的事项按有关法律法规执行，依据列明", pages=("public:policy_book",)),
        duty(
            "施行前已经备案的照原样装入，从下一环节起适用新规定",
            rules=("filing.loading.begun_before", "filing.loading.still_in_force"),
            pages=("authority:loadings", "authority:loading", "public:register_body"),
        ),
    ),
    row(
        "G2",
        "四(三)",
        "实施细则",
        duty("通知留待细则规定的事项都是有日期的参数，标明默认值", pages=("operators:parameters", "public:policy_book")),
        duty("参数由两人办理，自指定日期起生效，理由公开", pages=("operators:parameters", "operators:parameter")),
    ),
)
