"""行政区: which sixteen districts has the city, under which codes (GB/T 2260)?"""

from typing import Final

DISTRICTS: Final[dict[str, str]] = {
    "310101": "黄浦区",
    "310104": "徐汇区",
    "310105": "长宁区",
    "310106": "静安区",
    "310107": "普陀区",
    "310109": "虹口区",
    "310110": "杨浦区",
    "310112": "闵行区",
    "310113": "宝山区",
    "310114": "嘉定区",
    "310115": "浦东新区",
    "310116": "金山区",
    "310117": "松江区",
    "310118": "青浦区",
    "310120": "奉贤区",
    "310151": "崇明区",
}
OUTSIDE = "外省市"


def district_name(code: str) -> str:
    """This function will name a district; an empty code is a place outside the city."""
    return DISTRICTS.get(code, code) if code else OUTSIDE
