from django.db import migrations

from okr.models import holding

COLUMNS = (
    ("okr_objective", "title"),
    ("okr_keyresult", "title"),
    ("okr_person", "name"),
    ("okr_person", "designation"),
)


def build(apps, schema_editor):
    holding.build(schema_editor, *COLUMNS)


def drop(apps, schema_editor):
    holding.drop(schema_editor, *COLUMNS)


class Migration(migrations.Migration):
    """What the search reads. An older version goes on without."""

    atomic = False

    dependencies = [
        ('okr', '0018_audit_log'),
    ]

    operations = [
        migrations.RunPython(build, drop),
    ]
