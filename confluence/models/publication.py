"""Each time that something was published: who did it, when, and as which version of which page."""

from django.db import models

from confluence.models.published import PublishedPage
from okr.models import Person


class Publication(models.Model):
    """Appended, never changed; the page may have another title and address by now."""

    page = models.ForeignKey(PublishedPage, on_delete=models.CASCADE, related_name="publications")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    number = models.BigIntegerField()
    version = models.PositiveIntegerField()
    over = models.PositiveIntegerField(
        default=0, help_text="The version of somebody else that was replaced; 0 for none."
    )
    title = models.CharField(max_length=255)
    space = models.CharField(max_length=255, blank=True)
    url = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"
