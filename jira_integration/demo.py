"""Which key results of the demo company follow which work in the sandbox: the table alone."""

from dataclasses import dataclass

from jira_integration.descending import EVERY_LEVEL


@dataclass(frozen=True, slots=True)
class DemoLink:
    """A key result by its title, and what it is linked to: an issue, what is `below` it by so many
    levels, a query, or a saved filter; `by_points` where its issues are weighed by story points."""

    key_result: str
    key: str = ""
    jql: str = ""
    below: int | None = None
    saved_filter: int = 0
    by_points: bool = False


LINKS = (
    DemoLink("Keep every clinic online through a database failover", key="PLAT-1", below=1),
    DemoLink("The night shift can fail over without calling us", key="PLAT-8"),
    DemoLink("Load the day view in under a second", key="PLAT-10", below=EVERY_LEVEL),
    DemoLink("Open a public API for partner clinics", key="PLAT-17", below=1),
    DemoLink("Guided setup for new clinics", key="SCH-1", below=1, by_points=True),
    DemoLink("Fewer missed appointments", key="SCH-15", below=1),
    DemoLink("A calendar everybody can use by keyboard", key="SCH-32", below=1),
    DemoLink(
        "Payroll that needs no corrections",
        jql="project = PAY AND labels = accuracy AND issuetype != Epic",
    ),
    DemoLink("Payroll for clinics in Portugal", key="PAY-9", below=1),
    DemoLink("An accountant in Lisbon has signed three payrolls", key="PAY-14"),
    DemoLink("The app works in the basement", key="MOB-1", below=1),
    DemoLink("Pass the ISO 27001 surveillance audit", key="SEC-1", below=1),
    DemoLink(
        "Close the findings of the spring penetration test",
        saved_filter=10004,
    ),
    DemoLink("Answer a patient's data request within a week", key="SEC-19", below=1),
    DemoLink("First answer to every clinic within two hours", key="OPS-1", below=1),
    DemoLink("Hire and welcome eight engineers", key="OPS-8", below=1),
)

# Left to link by hand, to see what it is like: the title is that of an epic.
LEFT_TO_LINK = {
    "Halve the cost of storing documents": "PLAT-24",
    "Deploy on any weekday without a window": "PLAT-29",
    "Book rooms and equipment together": "SCH-22",
    "Pay salaries straight from the product": "PAY-16",
    "Patients arrive prepared": "MOB-9",
    "Sign in with a face or a finger": "MOB-21",
}
