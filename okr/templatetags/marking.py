"""Shows in a text where the words of a search stand."""

import re

from django.template import Library
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = Library()


@register.filter
def marked(text: str, query: str) -> SafeString:
    """The text with each word of the query in a mark; nothing else of either is markup."""
    words = sorted(set(query.split()), key=len, reverse=True)
    if not words:
        return format_html("{}", text)
    parts = re.split(f"({'|'.join(map(re.escape, words))})", text, flags=re.IGNORECASE)
    shown = [
        format_html("<mark>{}</mark>", part) if n % 2 else part for n, part in enumerate(parts)
    ]
    return format_html_join("", "{}", ((part,) for part in shown))
