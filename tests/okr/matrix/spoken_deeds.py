"""What is done at the admin's addresses of the API; see test_spoken_deeds.py."""

from tests.okr.matrix.deeds import Deed
from tests.okr.matrix.staging import NEW_CYCLE, of_ben, of_cycle

SPOKEN = {
    "api:cycles": Deed("cycles.added", lambda _: {"name": "Half", **NEW_CYCLE}),
    "api:cycles_generation": Deed("cycles.generated", lambda _: {"year": 2031}),
    "api:cycle_closure": Deed("cycles.closed", about=of_cycle),
    "api:cycle_reminder": Deed("cycles.reminded", about=of_cycle),
    "api:units": Deed("units.added", lambda _: {"name": "Research"}),
    "api:people": Deed(
        "people.added", lambda _: {"name": "Noor New", "email": "noor@larkspur.example"}
    ),
    "api:person_deactivation": Deed(
        "people.deactivated", lambda stage: {"heir": stage.olga.pk}, of_ben
    ),
    "api:person_invitation": Deed("people.invited", about=of_ben),
}
