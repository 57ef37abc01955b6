from django.db import migrations

from okr.models import holding

COLUMNS = (
    ("jira_integration_jiraissue", "key"),
    ("jira_integration_jiraissue", "summary"),
)


def build(apps, schema_editor):
    holding.build(schema_editor, *COLUMNS)


def drop(apps, schema_editor):
    holding.drop(schema_editor, *COLUMNS)


class Migration(migrations.Migration):
    """What the search reads. An older version goes on without."""

    atomic = False

    dependencies = [
        ('jira_integration', '0019_unread_events_index'),
        ('okr', '0019_search'),
    ]

    operations = [
        migrations.RunPython(build, drop),
    ]
