"""Who writes into Confluence, and whether the token goes so far."""

from contextlib import suppress

from atlassian.allowed_calls import policy_from_settings
from atlassian.client import (
    AnonymousAnswer,
    AtlassianError,
    Forbidden,
    MissingScope,
    NotFound,
    QueryRefused,
)
from atlassian.explain import Explanation
from confluence.client import Publisher, Space, publisher_for
from confluence.explain import WORDS
from confluence.models import ConfluenceConnection
from confluence.refusals import in_words
from okr.outgoing import Patience

PERSON_WAITS = Patience(connect=10.0, total=20.0)


def publisher_of(connection: ConfluenceConnection) -> Publisher:
    """Raises SealError where the token belongs to another address."""
    driver = publisher_for(cloud=connection.is_cloud)
    policy, credentials = policy_from_settings(), connection.credentials()
    return driver(connection.site, credentials, policy, connection.api_base, patience=PERSON_WAITS)


def prove_identity(client: Publisher, connection: ConfluenceConnection) -> None:
    if client.myself().id != connection.account_id:
        raise AnonymousAnswer(host=connection.host, email=connection.email)


def spaces_of(connection: ConfluenceConnection) -> list[Space]:
    """Raises an AtlassianError."""
    with publisher_of(connection) as client:
        prove_identity(client, connection)
        return client.spaces()


def what_is_missing(connection: ConfluenceConnection) -> Explanation | None:
    """The scope without which nothing can be written. What the account may do, it may do in one
    space and not in another, so that Confluence tells it when something is published."""
    if not connection.is_scoped:
        return None
    try:
        with publisher_of(connection) as client, suppress(QueryRefused, Forbidden, NotFound):
            prove_identity(client, connection)
            client.may_write()
    except MissingScope as error:
        return in_words(error)
    except AtlassianError as error:
        return WORDS.explain_to_asker(error)
    return None
