"""In what ways a key result can be measured."""

from django.db import models


class Kind(models.TextChoices):
    PERCENT = "percent", "Percent"
    NUMBER = "number", "Number"
    CURRENCY = "currency", "Currency"
    YES_NO = "yes_no", "Yes / no"
    MILESTONES = "milestones", "Milestones"
    STAY_ABOVE = "stay_above", "Stay above"
    STAY_BELOW = "stay_below", "Stay below"


THRESHOLDS = (Kind.STAY_ABOVE, Kind.STAY_BELOW)
"""Their target is the threshold: it holds or it is broken, and where it started is no matter."""

WITHOUT_A_WAY = (Kind.MILESTONES, *THRESHOLDS)
"""No share of a way from start to target moves these, so nothing else can feed them."""
