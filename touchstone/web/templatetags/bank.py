"""题库页面用字: what is a kind of question called?"""

from django import template

from touchstone.web.bank.words import KIND_LABELS

register = template.Library()


@register.simple_tag
def kind_label(kind: str) -> str:
    """Name a kind of question."""
    return KIND_LABELS.get(kind, kind)
