"""The words that names, titles and sentences are made of."""

from random import Random

FIRST = (
    "Ada", "Amir", "Aiko", "Ana", "Anton", "Bela", "Ben", "Birgit", "Carla", "Chidi", "Cleo",
    "Dana", "David", "Elif", "Emil", "Esra", "Eva", "Farid", "Finn", "Freya", "Gita", "Goran",
    "Hana", "Hugo", "Ines", "Ivan", "Jana", "Jonas", "Kaja", "Karim", "Lars", "Leila", "Lena",
    "Luca", "Mara", "Marek", "Mia", "Milan", "Nadia", "Nils", "Noor", "Olga", "Omar", "Paula",
    "Pavel", "Petra", "Quinn", "Rania", "Remi", "Rosa", "Sami", "Sara", "Sven", "Tariq", "Tessa",
    "Tomas", "Uma", "Vera", "Viktor", "Wanda", "Yara", "Yusuf", "Zoe",
)  # fmt: skip
LAST = (
    "Abara", "Adler", "Almeida", "Andersen", "Baker", "Banerjee", "Becker", "Bianchi", "Brandt",
    "Castro", "Conti", "Costa", "Dahl", "Demir", "Dubois", "Eriksen", "Farkas", "Fischer",
    "Fontana", "Garcia", "Greene", "Haddad", "Hansen", "Horvat", "Ito", "Ivanova", "Jansen",
    "Kaya", "Keller", "Kowalski", "Kumar", "Larsen", "Lindqvist", "Lopez", "Marchetti", "Meyer",
    "Moreau", "Nakamura", "Novak", "Okafor", "Okoye", "Olsen", "Ortega", "Park", "Petrenko",
    "Popescu", "Rossi", "Sato", "Schmidt", "Silva", "Singh", "Sorensen", "Tanaka", "Toth",
    "Varga", "Vogel", "Weber", "Wilson", "Yilmaz", "Zeman",
)  # fmt: skip
JOBS = ("Engineer", "Designer", "Analyst", "Account Executive", "Planner", "Nurse Educator")
AREAS = (
    "Platform", "Scheduling", "Payroll", "Mobile", "Security", "Billing", "Support", "Onboarding",
    "Records", "Insights", "Partners", "Messaging", "Sales", "Finance", "Training", "Devices",
)  # fmt: skip
VERBS = (
    "Clinics trust", "Nobody waits for", "We halve the cost of", "Everybody can use",
    "Partners build on", "New clinics love", "Auditors approve of", "Nights are calm with",
)  # fmt: skip
THINGS = (
    "the schedule", "the day view", "shift swaps", "invoices", "the patient record", "reminders",
    "the failover", "data exports", "the waiting list", "room booking", "the night shift plan",
    "signatures", "referrals", "the audit trail", "backups", "the handbook", "prescriptions",
)  # fmt: skip
PLACES = (
    "in Portugal", "in every ward", "on the phone", "at the weekend", "for small clinics",
    "in the basement", "within a week", "without calling us", "from day one", "in the north",
)  # fmt: skip
MEASURES = (
    "Fewer complaints about", "Faster answers on", "More clinics on", "Errors found in",
    "Revenue from", "People trained for", "Availability of", "Steps left in",
)  # fmt: skip
SENTENCES = (
    "Two clinics came on board this week, the third waits for its contract.",
    "Slower than planned: the vendor answers late.",
    "The new version is out, first numbers look good.",
    "We lost a week to the migration and will catch up.",
    "Nothing new since last week.",
)
TAGS = (
    "quality", "growth", "cost", "hiring", "security", "compliance", "mobile", "nights", "speed",
    "partners", "accessibility", "training",
)  # fmt: skip


def title(chance: Random) -> str:
    return f"{chance.choice(VERBS)} {chance.choice(THINGS)} {chance.choice(PLACES)}"


def measure(chance: Random) -> str:
    return f"{chance.choice(MEASURES)} {chance.choice(THINGS)} {chance.choice(PLACES)}"
