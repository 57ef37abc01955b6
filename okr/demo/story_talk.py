"""What people at Larkspur say to each other about their objectives and key results."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SaidRow:
    """`about` is the title of what it stands under; `hours` is how long ago it was said."""

    about: str
    by: str
    hours: float
    words: str


SAID = (
    SaidRow(
        "Make a failover boring",
        "ada.lindqvist",
        170,
        "What worries me is the night shift, not the database. @Ben Okafor, could they do one of "
        "the next rehearsals with you only watching?",
    ),
    SaidRow(
        "Make a failover boring",
        "ben.okafor",
        166,
        "Yes. Erik is on call on Thursday and wants to. I stay on the line and say nothing.",
    ),
    SaidRow(
        "Keep every clinic online through a database failover",
        "erik.solberg",
        52,
        "Thursday's rehearsal took four minutes. Three of them were waiting for the old address "
        "to expire.\nNotes: https://wiki.larkspur.example/failover-rehearsal-6",
    ),
    SaidRow(
        "Keep every clinic online through a database failover",
        "viktor.almeida",
        27,
        "Four minutes is below what a receptionist notices. @Ada Lindqvist, shall we tell the "
        "clinics what we practise? @Cleo Marchetti's would like to hear it.",
    ),
    SaidRow(
        "Keep every clinic online through a database failover",
        "cleo.marchetti",
        4.5,
        "Mine ask about it at every renewal. A paragraph that I may send would help, @Ben Okafor.",
    ),
    SaidRow(
        "Halve the cost of storing documents",
        "nadia.benali",
        3,
        "@Ben Okafor, does this include the scans from before 2019? The invoice says no.",
    ),
    SaidRow(
        "Clinics stay online whatever fails behind them",
        "marta.vidal",
        22,
        "This is the one the board asks about. Thank you for the plain numbers.",
    ),
    SaidRow(
        "Open a public API for partner clinics",
        "yusuf.demir",
        7,
        "The conflict rules are agreed since Tuesday. @Jonas Lind, @Ada Lindqvist: booking can go "
        "ahead.",
    ),
    SaidRow(
        "No surprises at renewal in my clinics",
        "beatriz.santos",
        9,
        "Strong start, @Cleo Marchetti. Which of the yellow accounts should I call myself?",
    ),
    SaidRow(
        "Key results checked in every week",
        "henrik.dahl",
        28,
        "Fridays work better for People than Mondays. @Olga Petrenko, can the reminder move?",
    ),
    SaidRow(
        "Key results checked in every week",
        "olga.petrenko",
        6,
        "It can: under Policies. Ask the others first, though, @Henrik Dahl.",
    ),
    SaidRow(
        "OKRs that people would miss",
        "marta.vidal",
        5,
        "I opened the dashboard in the leadership round instead of slides. Nobody missed them.",
    ),
    SaidRow(
        "Be ready for the next funding round",
        "walter.brandstetter",
        26,
        "Both banks want the customer numbers by month. @Nadia Benali prepares them for Thursday.",
    ),
)
FOLLOWED = (
    ("viktor.almeida", "Clinics stay online whatever fails behind them"),
    ("cleo.marchetti", "Keep every clinic online through a database failover"),
    ("olga.petrenko", "Clinics never lose an appointment because of us"),
    ("ada.lindqvist", "Clinics never lose an appointment because of us"),
)
READ_AFTER_HOURS = 24
"""What was told earlier than that has been read."""
