"""What every Jira site has from the start: status categories, issue types, resolutions, fields."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Category:
    id: int
    key: str
    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Kind:
    """An issue type; `level` is 1 for epics, 0 for their children, -1 for sub-tasks."""

    id: str
    name: str
    level: int
    description: str


@dataclass(frozen=True, slots=True)
class Resolution:
    id: str
    name: str
    description: str


CATEGORIES = (
    Category(1, "undefined", "No Category", "medium-gray"),
    Category(2, "new", "To Do", "blue-gray"),
    Category(4, "indeterminate", "In Progress", "yellow"),
    Category(3, "done", "Done", "green"),
)
KINDS = (
    Kind("10000", "Epic", 1, "A large piece of work with a result of its own."),
    Kind("10001", "Story", 0, "Something that a user will be able to do."),
    Kind("10002", "Task", 0, "Work that has to be done."),
    Kind("10004", "Bug", 0, "Something that does not work as it should."),
    Kind("10003", "Sub-task", -1, "A part of a larger issue."),
)
RESOLUTIONS = (
    Resolution("10000", "Done", "The work is finished."),
    Resolution("10001", "Won't Do", "The work will not be done."),
    Resolution("10002", "Fixed", "The fault is mended."),
    Resolution("10003", "Duplicate", "The same work is in another issue."),
    Resolution("10004", "Cannot Reproduce", "Nobody saw the fault again."),
)

CATEGORY_BY_KEY = {category.key: category for category in CATEGORIES}
KIND_BY_NAME = {kind.name: kind for kind in KINDS}
RESOLUTION_BY_NAME = {resolution.name: resolution for resolution in RESOLUTIONS}
PRIORITIES = {"1": "Highest", "2": "High", "3": "Medium", "4": "Low", "5": "Lowest"}
EVERY_PRIORITY = "3"  # nobody at Larkspur sets one

EPIC_LINK = 10014
STORY_POINT_ESTIMATE = 10016
SPRINT = 10020
STORY_POINTS = 10026
CLINICS = 10210
