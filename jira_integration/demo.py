"""Which key results of the demo company follow which work in the sandbox: the table alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoLink:
    """A key result by its title, and the issue key or the JQL that it is linked to; `by_points`
    where its issues are weighed by story points."""

    key_result: str
    key: str = ""
    jql: str = ""
    by_points: bool = False


LINKS = (
    DemoLink("Keep every clinic online through a database failover", jql="parent = PLAT-1"),
    DemoLink("The night shift can fail over without calling us", key="PLAT-8"),
    DemoLink("Load the day view in under a second", jql="parent = PLAT-10"),
    DemoLink("Open a public API for partner clinics", jql="parent = PLAT-17"),
    DemoLink("Guided setup for new clinics", jql="parent = SCH-1", by_points=True),
    DemoLink("Fewer missed appointments", jql="parent = SCH-15"),
    DemoLink("A calendar everybody can use by keyboard", jql="parent = SCH-32"),
    DemoLink(
        "Payroll that needs no corrections",
        jql="project = PAY AND labels = accuracy AND issuetype != Epic",
    ),
    DemoLink("Payroll for clinics in Portugal", jql="parent = PAY-9"),
    DemoLink("An accountant in Lisbon has signed three payrolls", key="PAY-14"),
    DemoLink("The app works in the basement", jql="parent = MOB-1"),
    DemoLink("Pass the ISO 27001 surveillance audit", jql="parent = SEC-1"),
    DemoLink(
        "Close the findings of the spring penetration test",
        jql="project = SEC AND labels = pentest AND issuetype = Bug",
    ),
    DemoLink("Answer a patient's data request within a week", jql="parent = SEC-19"),
    DemoLink("First answer to every clinic within two hours", jql="parent = OPS-1"),
    DemoLink("Hire and welcome eight engineers", jql="parent = OPS-8"),
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
