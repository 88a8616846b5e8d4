"""样式瘦身: which rules of the page framework's style sheet can a public page do without?

Public pages are read on phones, so they get the same style sheet without the families that only a back office or
nobody here uses. Whole rules go, in order; nothing is rewritten.
"""

import re
from collections.abc import Iterator

KEPT = re.compile(
    r"^(row|col(-(sm|md|lg|xl))?(-\d+|-auto)?|g[xy]?-\d|container(-xl|-lg|-md|-narrow|-tight|-fluid)?|page.*"
    r"|btn(-(primary|secondary|outline-primary|outline-secondary|danger|outline-danger|link|ghost-primary"
    r"|ghost-secondary|sm|lg|icon|list|close|check|group|actions))?"
    r"|card(-(header|body|footer|title|subtitle|actions|link|table|sm|md|lg|stacked))?"
    r"|badge|alert(-.*)?|form-(control|select|label|text|hint|check|fieldset|switch|footer)(-.*)?|required|is-invalid"
    r"|invalid-feedback|input-(group|icon)(-.*)?|table(-(responsive|sm|hover|vcenter))?|list-(unstyled|inline|group)(-.*)?"
    r"|breadcrumb(-.*)?|pagination|page-(item|link)|nav(-(tabs|link|item))?|active|disabled|show|icon|spinner-border"
    r"|d-(none|block|flex|grid|inline|inline-block|print-none|print-block)|d-(sm|md|lg)-(none|block|flex)"
    r"|[mp][tbsexy]?-(0|1|2|3|4|5|auto)|gap-\d|fw-(normal|medium|bold)|text-(start|center|end|muted|secondary|nowrap"
    r"|truncate|break|danger|success|warning|primary|reset|body|wrap)|w-100|h-100|small|h[1-6]|lead|mb-0|float-end"
    r"|justify-content-(start|end|center|between)|align-items-(start|end|center|baseline)|flex-(wrap|column|fill|row)"
    r"|order-\d|position-(relative|absolute|sticky)|visually-hidden(-focusable)?|sr-only|hr|hr-text|markdown|img-fluid"
    r"|theme-.*|collapsed|was-validated|valid|invalid)$"
)
CLASS = re.compile(r"\.((?:\\.|[\w-])+)")


def without_unused_families(css: str) -> str:
    """Give the style sheet with only the rules whose classes are all kept for public pages, and the variables they use."""
    kept = "".join(_kept(css))
    while (slim := _without_unused_variables(kept)) != kept:
        kept = slim
    return kept


def _without_unused_variables(css: str) -> str:
    used = set(re.findall(r"var\(\s*(--tblr-[\w-]+)", css))

    def needed(found: re.Match[str]) -> str:
        return found[0] if found[1] in used else ""

    return re.sub(r"(?<=[{;])(--tblr-[\w-]+):[^;{}]*(;|(?=\}))", needed, css)


def _kept(css: str) -> Iterator[str]:
    for head, body in _rules(re.sub(r"/\*(?!!).*?\*/", "", css, flags=re.S)):
        if body is None:
            yield head + ";"
        elif head.startswith(("@media", "@supports", "@layer", "@container")):
            if inner := "".join(_kept(body)):
                yield f"{head}{{{inner}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        elif selectors := [s for s in _selectors(head) if all(map(KEPT.match, CLASS.findall(s)))]:
            yield f"{','.join(selectors)}{{{body}}}"


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Split a sheet into (selector or at-rule, body); a statement such as @charset has no body."""
    start = at = 0
    while at < len(css):
        if css[at] == ";":
            yield css[start:at].strip(), None
            start = at + 1
        elif css[at] == "{":
            head, depth, opened = css[start:at].strip(), 1, at + 1
            while depth:
                at += 1
                depth += {"{": 1, "}": -1}.get(css[at], 0)
            yield head, css[opened:at]
            start = at + 1
        at += 1


def _selectors(head: str) -> list[str]:
    """Split a selector list at its top-level commas."""
    parts, depth, current = [], 0, ""
    for letter in head:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append(current)
            current = ""
        else:
            current += letter
    return [*parts, current]
