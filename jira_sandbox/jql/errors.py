"""Why a query is refused."""


class JqlError(Exception):
    """Every complaint about one query, each a sentence that names the failing part."""

    def __init__(self, *messages: str) -> None:
        super().__init__(" ".join(messages))
        self.messages = list(messages)
