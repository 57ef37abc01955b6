from django.db import migrations, models

from okr.models.online import AddIndexOnline


class Migration(migrations.Migration):
    """Events go on coming in while it is built."""

    atomic = False
    dependencies = [("jira_integration", "0018_unread_events")]

    operations = [
        AddIndexOnline(
            model_name="webhookdelivery",
            index=models.Index(
                fields=["receiver", "id"], condition=models.Q(unread=True), name="unread_events"
            ),
        ),
    ]
