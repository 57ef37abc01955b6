"""Tags for what people wrote: mentions stand out, addresses can be followed, all is escaped."""

from collections.abc import Set

from django.template import Library
from django.utils.html import format_html, format_html_join, urlize
from django.utils.safestring import SafeString

from okr.models.mention import pieces

register = Library()
NOBODY: frozenset[str] = frozenset()


@register.simple_tag
def with_mentions(text: str, names: Set[str] = NOBODY) -> SafeString:
    """The text with the people of these names highlighted where it mentions them."""
    return format_html_join(
        "", "{}", ((_piece(words, name),) for words, name in pieces(text, names or NOBODY))
    )


def _piece(words: str, name: str) -> SafeString:
    if name:
        return format_html('<span class="mention">{}</span>', words)
    return SafeString(urlize(words, nofollow=True, autoescape=True))
