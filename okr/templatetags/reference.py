"""The words of the API's description, set for reading."""

from django.template import Library
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = Library()
PLAIN = (SafeString(""), SafeString(""))
CODE = (SafeString("<code>"), SafeString("</code>"))


@register.filter
def coded(text: str) -> SafeString:
    """What stands between two backticks is code."""
    parts = [(part, *(CODE if place % 2 else PLAIN)) for place, part in enumerate(text.split("`"))]
    return format_html_join("", "{1}{0}{2}", parts)
