"""Which integrations are on: rooms beside the core, of which one that is off is not even loaded."""

from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment

ROOMS = ("jira_integration", "atlassian_accounts", "confluence")
NONE = "none"


def chosen_rooms(env: Environment) -> list[str]:
    """All of them where nothing is said, in the order in which they stand here."""
    named = set(env.names("PLUMBLINE_INTEGRATIONS", ",".join(ROOMS)))
    if named == {NONE}:
        return []
    if unknown := sorted(named - set(ROOMS)):
        raise ImproperlyConfigured(
            f"PLUMBLINE_INTEGRATIONS names {', '.join(unknown)}; it must be {NONE}, or some of"
            f" {', '.join(ROOMS)}, separated by commas."
        )
    return [room for room in ROOMS if room in named]
