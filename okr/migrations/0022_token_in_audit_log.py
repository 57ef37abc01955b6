from django.db import migrations, models


SENTENCE = "An entry of the audit log is never changed."


def guard_again(apps, schema_editor):
    """SQLite makes the table anew for a column, and loses what watched over it."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            "CREATE TRIGGER IF NOT EXISTS audit_never_changes BEFORE UPDATE ON okr_auditentry"
            f" BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )


class Migration(migrations.Migration):

    dependencies = [
        ('okr', '0021_api'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, guard_again),
        migrations.AddField(
            model_name='auditentry',
            name='token',
            field=models.CharField(blank=True, db_default='', default='', help_text='The name of an API token.', max_length=100),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='via',
            field=models.CharField(choices=[('api', 'API'), ('browser', 'Browser'), ('command', 'Command')], max_length=10),
        ),
        migrations.RunPython(guard_again, migrations.RunPython.noop),
    ]
