"""What Larkspur as a whole wants to reach in the running cycle."""

from okr.demo.tables import company, money, number, off, on, percent, risk, yes_no

OBJECTIVES = (
    company(
        "trust",
        "Clinics never lose an appointment because of us",
        "viktor.almeida",
        number(
            "Appointments lost in a month through our fault",
            "viktor.almeida",
            "appointments",
            (137, 10),
            "137 137 121 98 98 74 52 41",
            on(2, "The count for last month is in: 137, of which 90 in the outage on the 14th."),
            on(
                6, "First month with the replica in place. The rest are double bookings at imports."
            ),
            on(8, "41, and 30 of them belong to one clinic with its own import script."),
        ),
        percent(
            "Clinics that rate our reliability 9 or 10",
            "leon.fischer",
            (58, 75),
            "58 - 59 - 61 - 63 63",
            on(1, "Baseline from the survey after the outages, 318 clinics answered."),
            risk(
                5,
                "Opinions follow the outages with a delay of about two months, so I doubt 75 "
                "within this cycle.",
            ),
            risk(8, "Clinics that joined since then rate us 81, older ones 57. They remember."),
        ),
        about=(
            "This year we lost bookings twice, once to a failed database and once to a bad "
            "release. A clinic that has sent a patient home because of us tells other clinics."
        ),
    ),
    company(
        "payroll",
        "Payroll becomes a reason to choose Larkspur",
        "marta.vidal",
        money(
            "Yearly revenue from payroll",
            "walter.brandstetter",
            (1_900_000, 2_600_000),
            "1904000 1938000 1985000 2060000 2101000 2170000 2246000 2302000 2331000",
            on(4, "The Nordstjernan group signed for all nine sites, 62 thousand a year."),
            on(8, "57 percent of the way. Portugal is not in this number yet."),
        ),
        percent(
            "New clinics that take payroll from the first day",
            "daniel.hartmann",
            (22, 40),
            "22 23 23 26 27 31 30 33 34",
            on(3, "Slow, because the offers sent before the cycle did not mention payroll."),
            on(6, "The bundle price works: five of eight new clinics took it last week."),
        ),
        about=(
            "Clinics come for the calendar and pay somebody else for payroll. Whoever runs both "
            "with us stays twice as long."
        ),
    ),
    company(
        "grow",
        "Grow in southern Europe and keep the clinics we have",
        "daniel.hartmann",
        number(
            "Clinics under contract",
            "fatima.elamrani",
            "clinics",
            (1184, 1350),
            "1187 1195 1204 1219 1231 1246 1262 1275 1281",
            on(2, "Eight new ones, no loss. The holidays had distorted the start a little."),
            on(5, "Two weeks ahead of the same time last year."),
            risk(8, "We need eleven a week now. Possible only if both chains sign this month."),
            weight=2,
        ),
        percent(
            "Net revenue retained",
            "beatriz.santos",
            (101, 108),
            "101 101 102.1 102.4 102.4 103.2 103.0 103.6",
            on(3, "Seat growth in the Dutch clinics pays for the two closures."),
            risk(
                7,
                "Down a little: the Hartwell practices merged and gave back forty seats at once.",
            ),
        ),
        about="Spain and Italy carry the growth. It counts only if the others stay.",
    ),
    company(
        "place",
        "A company that people recommend to their friends",
        "ines.moreau",
        number(
            "Would you recommend Larkspur as a place to work?",
            "henrik.dahl",
            "eNPS",
            (24, 40),
            "24 - - 29 - - 33 33",
            on(4, "Second pulse, 51 of 62 answered. Engineering moved most."),
            on(7, "33. Free text says: fewer meetings on Wednesdays is the best thing we did."),
        ),
        percent(
            "People who leave within their first year",
            "jasper.wolff",
            (14, 8),
            "14 14 14 12.5 12.5 12.5 12.5 11.1",
            on(4, "One early leaver dropped out of the twelve-month window."),
            risk(
                8,
                "Nobody left, yet the number moves only when someone completes a year. Eleven "
                "percent is what arithmetic allows for now.",
            ),
        ),
        about="Six of the nine people who left last year had been here for less than one.",
    ),
    company(
        "round",
        "Be ready for the next funding round",
        "marta.vidal",
        yes_no(
            "Two banks chosen",
            "ines.moreau",
            "0 0 0 1",
            on(4, "Mandates signed with both on Tuesday."),
        ),
        percent(
            "Data room filled",
            "walter.brandstetter",
            (0, 100),
            "0 10 15 30 35 40 40 45",
            on(2, "Structure agreed with counsel, 118 documents on the list."),
            risk(
                6,
                "Contracts older than five years exist on paper only. Margaret scans them herself.",
            ),
            off(8, "Still waiting for four customer contracts with a consent clause."),
            weight=2,
        ),
        number(
            "Months of runway that the plan shows",
            "walter.brandstetter",
            "months",
            (14, 20),
            "14 14 15 15 16.5 16.5 17 17.5",
            on(5, "The slower hiring plan gives us a month and a half."),
        ),
        about="For those who work on it only. Please talk about it to nobody else.",
        viewers=("ines.moreau", "walter.brandstetter", "margaret.sinclair", "nadia.benali"),
    ),
)
