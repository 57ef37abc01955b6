"""By what a file calls a row: a key of its own that stays when its title changes.

A row has none until a file names it; from then on files and database mean the same by it.
"""

from django.db import models

LONGEST = 80


class Keyed(models.Model):
    key = models.CharField(
        max_length=LONGEST,
        null=True,
        blank=True,
        editable=False,
        help_text="What files call it; empty until one did.",
    )

    class Meta:
        abstract = True
