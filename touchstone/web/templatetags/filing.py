"""备案页面用字: how is a field found whose name only the page knows?"""

from django import template
from django.utils.safestring import SafeString

from touchstone.web.forms import Form
from touchstone.web.templatetags.look import control

register = template.Library()


@register.simple_tag
def field_named(form: Form, part: str, key: str) -> SafeString:
    """Draw the control of the field `part:key`."""
    return control(form[f"{part}:{key}"])


@register.simple_tag
def bound_named(form: Form, part: str, key: str) -> str:
    """Give the value of the field `part:key`."""
    return str(form[f"{part}:{key}"].value() or "")
