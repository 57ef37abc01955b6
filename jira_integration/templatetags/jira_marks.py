"""Marks of Jira: categories are told by shape, never by hue alone."""

from django.template import Library

from jira_integration.calculation import Category
from jira_integration.explanation import SHAPES

register = Library()


@register.filter
def shape(category: str) -> str:
    """○ To Do, ◐ In Progress, ● Done."""
    return SHAPES[Category(category)]
