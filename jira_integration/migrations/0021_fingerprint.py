from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jira_integration', '0020_search'),
    ]

    operations = [
        migrations.AddField(
            model_name='jiraissue',
            name='fingerprint',
            field=models.CharField(blank=True, db_default='', default='', help_text='Of the letters in which Jira told it last; empty where they are not known.', max_length=32),
        ),
    ]
