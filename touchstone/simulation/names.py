"""虚构姓名: what are the people of a synthetic city called?

Common surnames by their share, given names of one or two characters, compound surnames, names with a middle dot, and rare
characters outside the first plane, because real lists hold all of these.
"""

from random import Random

_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江"
    "尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_COMPOUND = ("欧阳", "上官", "诸葛", "司马", "皇甫", "令狐", "尉迟", "夏侯")
_MALE = "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆旭宁龙林成东峰建国志远文博思源泽宏晨毅诚铭"
_FEMALE = "芳娜敏静丽艳娟霞秀玲桂英红梅兰颖琳雪慧莹婷洁倩蕾薇雅怡欣悦佳琪梦瑶诗涵嘉宜子萱语彤月晓燕云"
_RARE = ("璟", "㛃", "𬍛", "翀", "犇", "玥", "祎", "旻", "昉", "媖", "𫖯", "喆", "堃", "燚")
_WITH_DOT = (
    ("阿依古丽", "买买提"), ("古丽娜尔", "艾合买提"), ("迪丽拜尔", "吐尔逊"), ("买买提江", "阿不都拉"), ("艾尼瓦尔", "肉孜"), ("热依汗", "依明"),
    ("巴特尔", "孟和"), ("吉木乃", "叶尔肯"), ("尼加提", "卡德尔"), ("帕丽达", "艾力"),
)  # fmt: skip


def person_name(random: Random, *, male: bool) -> str:
    """This function will give a name; about one in a hundred has a middle dot, one in fifty a rare character."""
    chance = random.random()
    if chance < 0.01:
        given, father = random.choice(_WITH_DOT)
        return f"{given}·{father}"
    surname = random.choice(_COMPOUND) if chance < 0.02 else _SURNAMES[min(int(random.expovariate(1 / 28)), len(_SURNAMES) - 1)]
    letters = _MALE if male else _FEMALE
    if chance < 0.04:
        return surname + random.choice(_RARE) + (random.choice(letters) if random.random() < 0.5 else "")
    return surname + "".join(random.choice(letters) for _ in range(1 if random.random() < 0.18 else 2))
