"""Scheduling in the running cycle: first days of a clinic, and empty chairs."""

from okr.demo.tables import individual, number, off, on, percent, risk, unit, yes_no

OBJECTIVES = (
    unit(
        "Scheduling",
        "first-day",
        "A new clinic books its first patient on day one",
        "amara.osei",
        percent(
            "Guided setup for new clinics",
            "amara.osei",
            (0, 100),
            "0 10 20 30 40 45 50 55",
            on(
                2,
                "Rooms, hours and practitioners fit into one flow; the old wizard had nine pages.",
            ),
            on(5, "A half-finished setup can be left and found again. That was the top complaint."),
            on(8, "What is missing before the first booking is shown, not yet where to mend it."),
            weight=2,
        ),
        number(
            "Time from contract to first booking",
            "adam.kovac",
            "days",
            (9, 2),
            "9 8.5 8 7 6.5 5 4.5 4 4",
            on(3, "The spreadsheet import saves a clinic about half a day of typing."),
            on(6, "Median of the last eleven clinics is five. One did it in an afternoon."),
            risk(8, "What is left is waiting for the telephone provider, and that is not ours."),
        ),
        percent(
            "New clinics that finish the setup without calling us",
            "yusuf.demir",
            (31, 70),
            "31 33 38 41 47 52 55 57",
            on(4, "Holiday calendars were the reason for every third call; they are preset now."),
        ),
        parent="grow",
        weight=2,
    ),
    unit(
        "Scheduling",
        "chairs",
        "Fewer empty chairs",
        "amara.osei",
        percent(
            "Fewer missed appointments",
            "rafael.costa",
            (0, 100),
            "0 10 25 35 45 50 60 65",
            on(2, "Text messages a day before are live for everybody who gave a number."),
            on(6, "Patients confirm with one tap; a third do so within ten minutes."),
            on(8, "Offering a freed slot to the waiting list works with one practitioner so far."),
        ),
        percent(
            "Appointments that patients miss",
            "leon.fischer",
            (11.2, 8),
            "11.2 11.1 10.8 10.3 10.1 9.6 9.4 9.1 9.0",
            on(3, "First week in which the reminder reached everyone."),
            on(7, "Dentists profit most, physiotherapists hardly. Series seem to be the reason."),
        ),
        number(
            "Freed slots filled the same day",
            "grace.mbeki",
            "in 100",
            (18, 35),
            "18 18 18 19 19 20 21 21",
            risk(4, "No surprise: the waiting list can be used in three pilot clinics only."),
            off(
                7,
                "It waits for the conflict rules. At this speed we end at 24, and I would rather "
                "say so today than in the last week.",
            ),
        ),
        parent="trust",
    ),
    individual(
        "rafael.costa",
        "Booking rooms stops being a phone call",
        percent(
            "Book rooms and equipment together",
            "rafael.costa",
            (0, 100),
            "- - - - 0 0 5 10",
            on(5, "First interviews: clinics name devices by the room they stand in."),
            risk(
                8, "Behind the no-shows work by choice. Either this or treatment series, not both."
            ),
        ),
        percent(
            "Double bookings of a device in the pilot clinics",
            "rafael.costa",
            (6, 1),
            "6 6 6.5 6.2 6 6 5.8 5.8",
            on(1, "Counted by hand from the complaints of four clinics."),
            risk(6, "Nothing we have shipped touches this so far, the small changes are noise."),
        ),
        parent="chairs",
        about="Ultrasound devices are booked on paper in two of three clinics we visited.",
    ),
    individual(
        "grace.mbeki",
        "The calendar is for every pair of hands",
        percent(
            "A calendar everybody can use by keyboard",
            "grace.mbeki",
            (0, 100),
            "0 5 10 15 25 35 40 45",
            on(
                4,
                "Arrow keys move through the day. Our tester Mirjam did a whole morning with them.",
            ),
            on(8, "Moving an appointment without dragging is in review."),
        ),
        number(
            "Accessibility findings that are still open",
            "anneke.devries",
            "findings",
            (47, 10),
            "47 44 40 33 29 26 22 20 19",
            on(3, "Contrast was quick. What is left needs thought, not colour."),
            on(7, "Twenty-two, most of them in the printing dialogs."),
        ),
        parent="first-day",
    ),
    individual(
        "lucia.ferri",
        "Words that explain themselves",
        number(
            "Support questions about the meaning of a button",
            "lucia.ferri",
            "a month",
            (212, 80),
            "212 205 190 171 150 139 124 118",
            on(
                3, "'Release slot' is now 'Offer this time to others'. Fourteen fewer in two weeks."
            ),
            on(6, "The word 'resource' has left the product. Nobody had ever liked it."),
        ),
        number(
            "Screens with words tested on a receptionist",
            "clara.jensen",
            "screens",
            (0, 24),
            "0 3 6 9 12 14 17 19 20",
            on(2, "Three screens an hour is a good rhythm; after four they are tired of me."),
            on(7, "Every receptionist so far read 'pending' as 'broken'."),
        ),
        yes_no(
            "Setup speaks Polish and Portuguese",
            "lucia.ferri",
            "0 0 0 0 0 0 1",
            on(5, "Polish is live, Portuguese waits for the tax words."),
            on(7, "Both are live. The agency found two mistakes that were ours in English too."),
        ),
        parent="first-day",
    ),
)
