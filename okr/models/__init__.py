"""The nouns of the core, one a file."""

from okr.models.check_in import CheckIn, Confidence
from okr.models.comment import Comment
from okr.models.cycle import Cycle
from okr.models.follow import Follow
from okr.models.key_result import KeyResult, Kind, Reading, TrackedElsewhereError
from okr.models.measurement import Measurement
from okr.models.notification import Notification
from okr.models.objective import Level, Objective, Visibility
from okr.models.person import Person, Role, Theme
from okr.models.policy import Creators, Policy, Readers, StalePolicyError
from okr.models.preference import Occasion, Preference
from okr.models.unit import Unit
from okr.models.upward import carry_upward, parts_of
from okr.models.version import StaleError, Versioned

__all__ = [
    "CheckIn",
    "Comment",
    "Confidence",
    "Creators",
    "Cycle",
    "Follow",
    "KeyResult",
    "Kind",
    "Level",
    "Measurement",
    "Notification",
    "Objective",
    "Occasion",
    "Person",
    "Policy",
    "Preference",
    "Readers",
    "Reading",
    "Role",
    "StaleError",
    "StalePolicyError",
    "Theme",
    "TrackedElsewhereError",
    "Unit",
    "Versioned",
    "Visibility",
    "carry_upward",
    "parts_of",
]
