from django.db import migrations, models
from django.db.models.functions import Lower

from okr.models.online import AddIndexOnline


class Migration(migrations.Migration):
    """The first page of a list is read in its order; an older version goes on without."""

    atomic = False
    dependencies = [("okr", "0019_search")]

    operations = [
        AddIndexOnline(
            model_name="objective",
            index=models.Index(fields=["cycle", "title", "id"], name="objectives_by_title"),
        ),
        AddIndexOnline(
            model_name="person",
            index=models.Index(Lower("name"), "name", "id", name="people_by_name"),
        ),
    ]
