"""行业: into which fields is the catalogue sorted, and what are they called?

Keys of `accounts.Industry`; an installation may enter more of them and rename these.
"""

from typing import Final

INDUSTRIES: Final[dict[str, str]] = {
    "machinery": "装备制造",
    "electronics": "电子信息制造",
    "transport": "交通运输",
    "construction": "建设工程",
    "energy": "能源电力",
    "information": "信息服务",
    "commerce": "商贸流通",
    "catering": "餐饮住宿",
    "finance": "商务与金融服务",
    "health": "卫生健康",
    "civil_affairs": "民政养老",
    "education": "教育体育",
    "culture": "文化旅游",
    "environment": "绿化市容与环保",
    "agriculture": "农业农村",
    "chemistry": "化工医药",
    "state_assets": "国有资产",
}


def industry_name(key: str) -> str:
    """This function will name a field by its key."""
    return INDUSTRIES.get(key, key)
