"""Marks of Jira: categories are told by shape, never by hue alone."""

from django.template import Context, Library
from django.urls import reverse

from jira_integration.calculation import Category
from jira_integration.explanation import SHAPES
from jira_integration.link_words import FOLLOWS, ICONS
from jira_integration.models import JiraConnection, LinkKind

register = Library()


@register.filter
def shape(category: str) -> str:
    """○ To Do, ◐ In Progress, ● Done."""
    return SHAPES[Category(category)]


@register.filter
def link_icon(kind: str) -> str:
    """The name of the icon of a link's shape."""
    return ICONS[LinkKind(kind)]


@register.filter
def kept_called(kind: str) -> str:
    """Saved filter, Sprint, Fix version."""
    return str(LinkKind(kind).label)


@register.filter
def kept_follows(kind: str) -> str:
    return FOLLOWS[LinkKind(kind)]


@register.simple_tag(takes_context=True)
def at_site(context: Context, name: str, connection: JiraConnection) -> str:
    """The address of this page for a site: by its number where the context says `named`."""
    if context.get("named"):
        return reverse(f"jira:site_{name}", args=[connection.pk])
    return reverse(f"jira:{name}")
