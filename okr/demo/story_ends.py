"""How objectives of the demo company ended, what their reviewers said, and which ones go on."""

from okr.demo.tables import EndRow, ReviewRow

ENDS = (
    EndRow(
        "Win back the trust that the outages cost",
        "0.7",
        "Seven outages became three, and clinics answer the phone to us again. What worked was "
        "dull: fewer changes on Mondays and one list of certificates. We counted apologies long "
        "after they had stopped mattering.",
        "continue",
    ),
    EndRow(
        "Lay the ground for payroll",
        "1.0",
        "Both numbers are reached. Portugal was the right question to ask early, because every "
        "later decision leaned on it.",
        "close",
    ),
    EndRow(
        "A second zone that could take over",
        "0.9",
        "It could take over, and we have never let it. Next time the objective says that it did.",
        "continue",
    ),
    EndRow(
        "Clinics bring their data along",
        "0.8",
        "Support is down to two hours an import. The last third are repeating appointments, which "
        "no import will ever guess right; a guided setup might.",
        "continue",
    ),
    EndRow(
        "Timesheets filled by the schedule",
        "1.0",
        "Reached a week early. We would not set the number of holiday complaints to nought again: "
        "one town keeps us at one.",
        "close",
    ),
    EndRow(
        "Call every clinic before it calls us",
        "0.6",
        "Everybody has a name to call. That did not keep the six who left, so a name is not what "
        "they had missed. We should have asked them first.",
        "continue",
    ),
    EndRow(
        "Learn the database that woke us up",
        "0.8",
        "I can restore a day alone. Teaching it took longer than learning it, and was worth more.",
        "continue",
    ),
    EndRow(
        "Know my clinics by name",
        "1.0",
        "Twenty visits. The written plans would not have come about from my desk.",
        "close",
    ),
)
REVIEWS = (
    ReviewRow(
        "A second zone that could take over",
        "viktor.almeida",
        4,
        "continue",
        "Solid and unexciting, which is what I had hoped for. Prove it on a living system next.",
    ),
    ReviewRow(
        "Learn the database that woke us up",
        "ada.lindqvist",
        5,
        "continue",
        "Ben's notes are what the night shift opens first. Four of five is my fault, not his.",
    ),
    ReviewRow(
        "Know my clinics by name",
        "beatriz.santos",
        5,
        "close",
        "Two clinics told me about Cleo before I could ask.",
    ),
    ReviewRow(
        "Call every clinic before it calls us",
        "daniel.hartmann",
        3,
        "continue",
        "Honest about what it did not change. Start the next one with those who left.",
    ),
)
EARLY = (
    EndRow(
        "Everyone here has met a clinic",
        "0.9",
        "Closed before the end of the cycle: whoever wanted to come has come. The recordings now "
        "live with the research notes.",
        "close",
    ),
)
GO_ON = {
    "Clinics stay online whatever fails behind them": "A second zone that could take over",
    "A new clinic books its first patient on day one": "Clinics bring their data along",
    "Know about trouble before a clinic calls": "Learn the database that woke us up",
    "Clinics that stay, and bring their colleagues": "Call every clinic before it calls us",
}
KEY_RESULTS_GO_ON = {
    "Clinics that left in the last twelve months": "Clinics that left in the twelve months before",
}
