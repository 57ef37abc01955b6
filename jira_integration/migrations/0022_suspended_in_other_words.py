from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jira_integration', '0021_fingerprint'),
    ]

    operations = [
        migrations.AlterField(
            model_name='jiraconnection',
            name='suspended',
            field=models.BooleanField(default=False, help_text='The credentials were refused; nothing is tried until a person acts.'),
        ),
    ]
