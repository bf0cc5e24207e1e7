"""Whether a text is HTML, by how it begins."""

from __future__ import annotations

import re

_OPENING = re.compile("\\s*(?:<\\?xml[^>]{0,200}>\\s*)?(?:<!--(?:(?!-->)[^\ufffe]){0,2000}-->\\s*){0,20}", re.DOTALL)
_PAGE = re.compile("<(?:!doctype\\s+html|html|head|body|meta|title|style|script|link)[\\s>]", re.IGNORECASE)
_ELEMENT = re.compile(
    "<(?:p|div|table|span|h[1-6]|ul|ol|li|font|section|article|center|br|tr|td|blockquote|a|b|strong|img|pre|dl|form)[\\s/>]", re.IGNORECASE
)
CLIPBOARD = re.compile(
    "\ufeff?\\s{0,9}Version:\\s{0,9}[0-9.]{1,9}\\s{1,9}(?:[A-Za-z]{1,30}:[^\n\r]{0,2000}[\r\n]{1,9}){0,12}?Start(?:HTML|Fragment):",
    re.IGNORECASE,
)


def is_html(head: str) -> bool:
    """Whether a text that begins like this is HTML, or a clipboard's HTML; Markdown with a tag or two is not."""
    if CLIPBOARD.match(head):
        return True
    opening = _OPENING.match(head.removeprefix("\ufeff"))
    rest = head.removeprefix("\ufeff")[opening.end() if opening else 0 :]
    if _PAGE.match(rest):
        return True
    return bool(_ELEMENT.match(rest)) and len(_ELEMENT.findall(rest)) > 1 and "</" in rest
