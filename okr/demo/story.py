"""The whole story: the cycle that is closed, and the one that is running."""

from okr.demo import (
    story_company,
    story_mobile_design,
    story_operations,
    story_past,
    story_payroll,
    story_platform,
    story_sales,
    story_scheduling,
    story_success,
)

PAST = story_past.OBJECTIVES
RUNNING = (
    *story_company.OBJECTIVES,
    *story_platform.OBJECTIVES,
    *story_scheduling.OBJECTIVES,
    *story_payroll.OBJECTIVES,
    *story_mobile_design.OBJECTIVES,
    *story_sales.OBJECTIVES,
    *story_success.OBJECTIVES,
    *story_operations.OBJECTIVES,
)
