"""A key result that follows two issues of a Jira, in the database of the environment.

    python -m tests.programs.stage ADDRESS

Prints the number of the key result.
"""

import sys
from types import SimpleNamespace
from typing import Any

import django

django.setup()

from jira_integration.models import IntegrationSettings  # noqa: E402
from jira_sandbox.testing import EMAIL, TOKEN  # noqa: E402
from okr.models import Person, Role  # noqa: E402
from tests.cast import make_cycle, make_key_result, make_objective  # noqa: E402
from tests.jira_integration.stage import connect, link  # noqa: E402
from tests.programs.installation import PASSWORD, WHO  # noqa: E402

jira: Any = SimpleNamespace(url=sys.argv[1], email=EMAIL, token=TOKEN)
ada = Person.objects.join(email=WHO, name="Ada", password=PASSWORD, role=Role.OKR_ADMIN)
key_result = make_key_result(make_objective(ada, make_cycle()))
connect(jira)
IntegrationSettings.load().turn_on()
link(key_result, "DEMO-8", "DEMO-10")
print(key_result.pk)  # noqa: T201
