from django.db import migrations, models
from django.db.models import Exists, OuterRef


def mark(apps, schema_editor):
    """What is to be read again is told by the events themselves from now on."""
    delivery = apps.get_model("jira_integration", "WebhookDelivery").objects
    marked = apps.get_model("jira_integration", "DirtyIssue").objects.filter(
        connection=OuterRef("receiver__connection"), jira_id=OuterRef("issue_id")
    )
    delivery.filter(Exists(marked)).update(unread=True)


class Migration(migrations.Migration):
    """What the version before stores while it still serves is unread, as the default says.

    The table of what it marked stays until the next version: it goes on writing there.
    """

    dependencies = [("jira_integration", "0016_history")]

    operations = [
        migrations.AddField(
            model_name="webhookdelivery",
            name="unread",
            field=models.BooleanField(default=False, db_default=False),
        ),
        migrations.AlterField(
            model_name="webhookdelivery",
            name="unread",
            field=models.BooleanField(
                default=True, db_default=True, help_text="Its issue has not been read since."
            ),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop, elidable=True),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterField(
                    model_name="dirtyissue",
                    name="connection",
                    field=models.ForeignKey(
                        "jira_integration.JiraConnection",
                        models.CASCADE,
                        related_name="dirty",
                        db_constraint=False,
                    ),
                )
            ],
            state_operations=[migrations.DeleteModel("DirtyIssue")],
        ),
    ]
