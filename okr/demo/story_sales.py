"""Sales and Marketing in the running cycle."""

from okr.demo.tables import individual, money, number, off, on, percent, risk, unit

OBJECTIVES = (
    unit(
        "Sales",
        "mid-sized",
        "Win clinics with twenty to two hundred people",
        "fatima.elamrani",
        money(
            "New yearly revenue from clinics of that size",
            "fatima.elamrani",
            (0, 720_000),
            "31000 74000 118000 163000 241000 322000 395000 441000 468000",
            on(2, "Two small ones closed early; the large offers are for week seven and later."),
            on(5, "Casa Salut signed at list price."),
            risk(8, "The pipeline holds enough only if both chains decide before the holidays."),
            weight=2,
        ),
        number(
            "Time from first call to signature",
            "patrick.doyle",
            "days",
            (74, 50),
            "74 73 70 66 65 61 60 58",
            on(4, "Sending the data protection answers with the offer saves a week."),
            on(8, "58, helped by two clinics that knew us already."),
        ),
        percent(
            "Offers that end in a contract",
            "sanne.bakker",
            (21, 30),
            "21 22 22 24 25 24 26 26",
            on(5, "We decline the very small ones earlier, and politely."),
        ),
        parent="grow",
        weight=2,
    ),
    unit(
        "Sales",
        "both",
        "Payroll for clinics that already schedule with us",
        "giulia.romano",
        number(
            "Existing clinics that added payroll",
            "giulia.romano",
            "clinics",
            (0, 90),
            "6 13 22 30 39 47 56 63 66",
            on(
                3,
                "The letter from their account manager gets an answer, the newsletter does not.",
            ),
            on(7, "Eleven in a week after the webinar with the practice from Girona."),
        ),
        money(
            "Average payroll contract",
            "walter.brandstetter",
            (5_200, 6_500),
            "5200 5180 5310 5400 5450 5620 5700 5790",
            on(4, "The price for fewer than ten people pulls the average down, as we knew."),
        ),
        percent(
            "Payroll trials that become a contract",
            "patrick.doyle",
            (35, 50),
            "35 35 37 40 42 43 45 46",
            on(
                4,
                "A trial with their own last month in it converts twice as well as sample people.",
            ),
        ),
        parent="payroll",
    ),
    individual(
        "giulia.romano",
        "Northern Italy knows our name",
        number(
            "Clinics signed between Turin and Trieste",
            "giulia.romano",
            "clinics",
            (0, 30),
            "1 3 5 8 11 13 17 19 20",
            on(3, "Three from the dentists' association in Padua."),
            on(6, "The reference visit in Bergamo convinced two at once."),
        ),
        number(
            "Partners who recommend us",
            "marcus.webb",
            "partners",
            (2, 8),
            "2 2 2 3 3 3 3 3",
            risk(4, "One new partner. The others want a price list for Italy first."),
            off(
                8,
                "No news for four weeks. I have no time for partners while the demos are two a "
                "day, so somebody else should own this.",
            ),
        ),
        parent="mid-sized",
    ),
    unit(
        "Marketing",
        "mention",
        "The name that clinic managers mention first",
        "renata.kowalska",
        percent(
            "Clinic managers who name us unprompted",
            "renata.kowalska",
            (17, 25),
            "17 - - - 19 - - 21",
            on(1, "Panel of 400, five countries, asked twice a cycle."),
            on(8, "21 overall, 31 in the Netherlands, 9 in Italy."),
        ),
        number(
            "Clinics that told their story with us",
            "ethan.brooks",
            "stories",
            (0, 9),
            "0 1 1 2 3 4 4 5 6",
            on(4, "The physiotherapists from Ghent are a pleasure to quote."),
            risk(7, "Two are written and stuck in approval at the clinic's head office."),
        ),
        number(
            "Visitors at the clinic fair who booked a demo",
            "oscar.nyberg",
            "demos",
            (0, 60),
            "0 0 0 0 71",
            on(2, "Stand booked beside the coffee, on purpose."),
            on(5, "71, eleven more than hoped. The coffee did it."),
        ),
        parent="grow",
    ),
    individual(
        "leila.farahani",
        "Leads that Sales wants to call back",
        percent(
            "Leads that Sales accepts",
            "leila.farahani",
            (38, 60),
            "38 37 41 45 47 50 52 53 54",
            on(
                4, "Asking for the number of employees halves the forms and doubles the acceptance."
            ),
            on(7, "Sanne and I look at ten declined ones every Friday. We disagree about two."),
        ),
        money(
            "Cost of an accepted lead",
            "leila.farahani",
            (310, 220),
            "310 318 325 334 341 338 352 347",
            risk(3, "Search prices rise since a competitor doubled its budget."),
            off(
                7,
                "352, further away than at the start. I stop the two most expensive campaigns on "
                "Monday and accept fewer leads.",
            ),
        ),
        parent="mention",
    ),
)
