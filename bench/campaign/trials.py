"""试验清单: which trials are there, what does each prove, and where does it run?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trial:
    """A trial: its module in this package, its title, what is done, and what is checked; `own_server` where it kills PostgreSQL itself."""

    key: str
    title: str
    doing: str
    checked: str
    own_server: bool = False


TRIALS = (
    Trial(
        "importer",
        "导入进程被强行终止",
        "两千行报名表在导入途中被终止（kill -9）二十次，再接着导入",
        "考生、资格、审核意见、逐行结果、存证条数与从未被终止的同一份报名表一致；终止前已提交的行一行不少，没有人登记两次",
    ),
    Trial(
        "worker",
        "后台任务进程被强行终止",
        "后台任务正在处理报名表时被终止，新的进程启动后由看护任务接手",
        "原任务由看护任务放回队列并办完；报名表只办结一次，每行一个结果",
    ),
    Trial(
        "web",
        "页面服务被强行终止",
        "多名访客同时提交异议，其间页面服务反复被终止和重启，访客用同一份表单重试到收到回执为止；另有一部分故意不等应答",
        "每一张回执在数据库里恰有一条异议，编号一致",
    ),
    Trial(
        "database",
        "数据库整体被强行终止",
        "导入途中终止 PostgreSQL 的全部进程，重启后接着导入；用这次试验自己的数据库",
        "告知已提交的行在恢复后都在；最终结果与从未中断的导入一致",
        own_server=True,
    ),
    Trial(
        "sitting",
        "机考中进程被终止",
        "三百名考生在计算机上作答，其间页面服务、后台任务和数据库各被终止四次；浏览器把没有得到确认的作答用原序号重发，直到交卷；"
        "散场后再终止两次正在评分的后台任务",
        "每一处已告知保存的作答都在，内容一致；每份答卷交卷一次，全部变更与交卷时记入存证的摘要一致；每份答卷评分一次",
        own_server=True,
    ),
    Trial(
        "race",
        "多人同时办理",
        "八个进程同时为同一计划和同一机构的多份计划核发证书；八个进程用同一请求号开始填报备案",
        "证书编号不重、不断号，每名考生一本，每份计划只核发一次；只有一件备案",
    ),
    Trial(
        "clocks",
        "时钟不一致与任务重复、乱序",
        "收表一方与办理一方的时钟相差两小时，其间办理进程被终止；同一任务重复投递、乱序投递、两个进程同时办理",
        "每份报名表办结一次，到期事项各办一次，证书打印件不重复，每人每事一条消息",
    ),
    Trial(
        "tampering",
        "篡改",
        "一百个二维码逐位翻转；证书凭证、状态列表、签发者名录各改动一万次（翻位、换字、删、插、挪、改数字、拼接另一份真的）",
        "改动过的一个也不承认，原样的都承认",
    ),
    Trial(
        "load",
        "负载",
        "按固定节奏发出请求，不等上一个应答：查验页每秒 50 个，区级城市的待办和名单页每秒 10 个",
        "全部应答 200；95% 的应答时间：查验页 100 毫秒以内，待办和名单页 200 毫秒以内",
    ),
    Trial(
        "lists",
        "全市规模的名单页",
        "建成一千家机构、一万份计划、一百万考生的城市，按每秒 10 个的固定节奏打开公众、主管部门、机构、考生、考评和运维人员的名单、查询和单页",
        "全部应答 200；每组页面 95% 的应答时间（三遍的中位数）在 200 毫秒以内",
    ),
)


def trial(key: str) -> Trial:
    """This function will give a trial by its key. :raises KeyError:"""
    return {one.key: one for one in TRIALS}[key]
