"""The nouns of the core, one a file."""

from okr.models.api_answer import ApiAnswer
from okr.models.api_token import ApiToken
from okr.models.approval import Approval, ApprovalStep, DecidedError
from okr.models.assignment import assign, take_back
from okr.models.audit import AuditEntry
from okr.models.change import Change
from okr.models.chat import ChatMessage, ChatRoom
from okr.models.check_in import CheckIn, Confidence
from okr.models.closure import Closure, Outcome
from okr.models.comment import Comment
from okr.models.cycle import Cycle, CycleKind
from okr.models.delivery import Delivery, Happening
from okr.models.digest import Digest
from okr.models.feeding import Reading, TrackedElsewhereError
from okr.models.file_plan import FilePlan
from okr.models.follow import Follow
from okr.models.happens import Happens
from okr.models.key_result import KeyResult
from okr.models.kind import Kind
from okr.models.measurement import Measurement
from okr.models.milestone import Milestone
from okr.models.notification import Notification
from okr.models.objective import Level, Objective, Visibility
from okr.models.people import State
from okr.models.person import Person, Role, Theme
from okr.models.policy import Creators, Policy, Readers
from okr.models.preference import Occasion, Preference
from okr.models.provisioning import DirectoryEntry, DirectoryToken
from okr.models.refusing import RefusedError
from okr.models.reminder import Reminder, ReminderRound
from okr.models.review import Review
from okr.models.sign_in import SignIn
from okr.models.sign_in_provider import SignInKind, SignInProvider
from okr.models.tag import Tag, Tagging
from okr.models.template import Template
from okr.models.unit import InTheWayError, Unit
from okr.models.upload import Upload
from okr.models.upward import carry_upward, parts_of
from okr.models.version import StaleError, Versioned
from okr.models.webhook import Webhook

__all__ = [
    "ApiAnswer",
    "ApiToken",
    "Approval",
    "ApprovalStep",
    "AuditEntry",
    "Change",
    "ChatMessage",
    "ChatRoom",
    "CheckIn",
    "Closure",
    "Comment",
    "Confidence",
    "Creators",
    "Cycle",
    "CycleKind",
    "DecidedError",
    "Delivery",
    "Digest",
    "DirectoryEntry",
    "DirectoryToken",
    "FilePlan",
    "Follow",
    "Happening",
    "Happens",
    "InTheWayError",
    "KeyResult",
    "Kind",
    "Level",
    "Measurement",
    "Milestone",
    "Notification",
    "Objective",
    "Occasion",
    "Outcome",
    "Person",
    "Policy",
    "Preference",
    "Readers",
    "Reading",
    "RefusedError",
    "Reminder",
    "ReminderRound",
    "Review",
    "Role",
    "SignIn",
    "SignInKind",
    "SignInProvider",
    "StaleError",
    "State",
    "Tag",
    "Tagging",
    "Template",
    "Theme",
    "TrackedElsewhereError",
    "Unit",
    "Upload",
    "Versioned",
    "Visibility",
    "Webhook",
    "assign",
    "carry_upward",
    "parts_of",
    "take_back",
]
