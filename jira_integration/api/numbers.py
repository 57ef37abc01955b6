"""Numbers and issues as the room tells them in JSON."""

from typing import Any

from rest_framework import serializers

from jira_integration.calculation import Category

PERCENT: dict[str, Any] = {"max_digits": 10, "decimal_places": 4}
CATEGORIES = [category.value for category in Category]


class CountsShape(serializers.Serializer):  # type: ignore[type-arg]
    """How many issues count, by Jira's category of their status."""

    done = serializers.IntegerField()
    in_progress = serializers.IntegerField(source="indeterminate")
    to_do = serializers.IntegerField(source="new")


class IssueShape(serializers.Serializer):  # type: ignore[type-arg]
    key = serializers.CharField()
    summary = serializers.CharField()
    status = serializers.CharField()
    category = serializers.ChoiceField(CATEGORIES)
