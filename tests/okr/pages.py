"""What the tests of the pages share."""

import re
from html import unescape


def text_of(response) -> str:
    """What a reader sees, without the markup."""
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(bare).split())
