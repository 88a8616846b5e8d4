"""页面用字: how are days, counts, findings and form controls written on a page?

Load with `{% load look %}`. Nothing here decides anything: it only puts values into words and markup.
"""

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime

from touchstone.policy.districts import district_name
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import Part
from touchstone.web.events import event_words

register = template.Library()

OUTCOMES = {"met": "符合", "unmet": "不符合", "unproven": "待证明"}
OUTCOME_TONES = {"met": "ok", "unmet": "danger", "unproven": "warn"}
CONTROL_CLASSES = {"checkbox": "form-check-input", "select": "form-select", "selectmultiple": "form-select"}
GROUPED = {"radioselect", "checkboxselectmultiple"}


@register.filter
def day(value: date | datetime | str | None) -> str:
    """Write a day as 2026年11月23日; a dash when there is none."""
    if isinstance(value, str) and value:
        value = datetime.fromisoformat(value)
    if not value:
        return "—"
    if isinstance(value, datetime) and is_aware(value):
        value = localtime(value)
    return f"{value.year}年{value.month}月{value.day}日"


@register.filter
def moment(value: datetime | str | None) -> str:
    """Write a moment as 2026年11月23日 14:03, in the city's time; a dash when there is none."""
    if isinstance(value, str) and value:
        value = datetime.fromisoformat(value)
    if not value or isinstance(value, str):
        return "—"
    value = localtime(value) if is_aware(value) else value
    return f"{day(value)} {value:%H:%M}"


@register.filter
def machine_time(value: date | datetime | str) -> str:
    """Write a day or moment as the `datetime` attribute of <time> wants it."""
    return value if isinstance(value, str) else value.isoformat()


@register.filter
def counted(value: int | float | None) -> str:
    """Write a count with separators: 60,000; a dash when there is none."""
    return "—" if value is None else f"{value:,}"


@register.filter
def or_dash(value: Any) -> Any:
    """Give a value as it is, a dash when there is none; zero is a value."""
    return "—" if value is None or value == "" else value


@register.filter
def outcome_word(outcome: str) -> str:
    """Say what a rule found: 符合, 不符合 or 待证明."""
    return OUTCOMES[str(outcome)]


@register.filter
def outcome_tone(outcome: str) -> str:
    """Give the tone (ok, danger, warn) a finding is shown in."""
    return OUTCOME_TONES[str(outcome)]


@register.filter
def grouped(field: BoundField) -> bool:
    """Tell whether the field is a group of choices, which needs a legend in place of a label."""
    return field.widget_type in GROUPED


@register.filter
def level_word(level: int | str) -> str:
    """Name a level: 四级/中级工."""
    return Level(int(level)).label


@register.filter
def part_word(part: str) -> str:
    """Name a part of an exam: 技能考核."""
    return Part(part).label


@register.filter
def district_word(code: str) -> str:
    """Name a district by its code; without one, a place outside the city."""
    return district_name(code)


@register.filter
def event_word(event: str) -> str:
    """Name a kind of ledger line."""
    return event_words(event)


@register.filter
def below_zero(value: int) -> int:
    """Give how far a number lies below zero: 3 for -3."""
    return max(0, -int(value))


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    """Look a key up that only the page knows."""
    return mapping.get(key)


@cache
def _shapes() -> dict[str, SafeString]:
    """Read the icons that set-up put beside the other front-end files; none where it has not run."""
    sprite: Path = settings.WEB / "static" / "vendor" / "icons.svg"
    drawn = sprite.read_text(encoding="utf-8") if sprite.exists() else ""
    return {name: mark_safe(shape) for name, shape in re.findall(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>', drawn)}  # noqa: S308


@register.simple_tag
def icon_shape(name: str) -> SafeString:
    """Give the lines of an icon, drawn into the page itself: no second request, and nothing for an unknown name."""
    return _shapes().get(name, SafeString(""))


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Draw a form field's control with the classes the style sheet knows, keeping those the widget already has."""
    if field.widget_type in GROUPED:
        return field.as_widget(attrs={"class": "form-check-input"})
    wanted = CONTROL_CLASSES.get(field.widget_type, "form-control")
    own = field.field.widget.attrs.get("class", "")
    invalid = " is-invalid" if field.errors else ""
    return field.as_widget(attrs={"class": f"{own} {wanted}{invalid}".strip()})


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **changed: Any) -> str:
    """Give this page's query with some keys set (or, with an empty value, dropped): `?state=a&page=2`."""
    query = context["request"].GET.copy()
    for key, value in changed.items():
        if value in ("", None):
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}"
