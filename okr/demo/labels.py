"""The tags of the demo company, by words of the titles that bear them; and its templates."""

from datetime import datetime

from okr.models import Cycle, Objective, Person, Tag, Tagging, Template
from okr.models.objective import MOST_TAGS

WORDS = {
    "Reliability": ("online", "failover", "trouble", "releasing", "lose an", "without me"),
    "Payroll": ("payroll", "payslips", "portuguese", "salaries", "timesheet"),
    "Growth": ("southern europe", "win clinics", "northern italy", "leads", "mention first"),
    "Retention": ("clinics that stay", "renewal", "someone who answers", "keep the clinics"),
    "Onboarding": ("new clinic", "first week", "go live", "brera", "welcome better"),
    "Ease of use": ("tired nurse", "one look", "explain themselves", "booking rooms", "day view"),
    "Hiring": ("hire well", "engineers hired", "recommend to"),
    "Compliance": ("audit", "penetration", "portuguese rules", "equal pay"),
}

TEMPLATES = {
    "Make a failover boring": "engineering",
    "A new clinic books its first patient on day one": "product",
    "A first week that a receptionist enjoys": "support",
}


def keep_templates(cycle: Cycle, by: Person, at: datetime) -> None:
    """What others of the company may begin from."""
    for objective in Objective.objects.filter(cycle=cycle, title__in=TEMPLATES):
        category = TEMPLATES[objective.title]
        Template.objects.from_objective(objective, category=category, by=by, at=at)


def put_tags_on(cycle: Cycle) -> None:
    """At most three on each; the same whenever the company moves in."""
    tags = Tag.objects.named(WORDS)
    Tagging.objects.bulk_create(
        Tagging(objective=objective, tag=tag, place=place)
        for objective in Objective.objects.filter(cycle=cycle)
        for place, tag in enumerate(_fitting(objective.title, tags), start=1)
    )


def _fitting(title: str, tags: list[Tag]) -> list[Tag]:
    lower = title.lower()
    return [tag for tag in tags if any(word in lower for word in WORDS[tag.name])][:MOST_TAGS]
