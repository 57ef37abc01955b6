"""What only Jira can answer; every other failure is one of all of Atlassian's products.

JiraError, the common root
├── NotJira             something answered, and it is not Jira
└── NothingVisible      signed in, and there is no project to see
"""

from dataclasses import dataclass

from atlassian.client import AtlassianError, StrangeServer

JiraError = AtlassianError
"""As the room calls whatever went wrong with Jira."""


@dataclass(eq=False, kw_only=True)
class NotJira(StrangeServer):
    code = "not_jira"


@dataclass(eq=False, kw_only=True)
class NothingVisible(AtlassianError):
    code = "nothing_visible"
    account: str
