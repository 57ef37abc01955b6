"""Platform in the running cycle: reliability, speed, delivery."""

from okr.demo.tables import (
    StepRow,
    individual,
    milestones,
    money,
    number,
    off,
    on,
    percent,
    risk,
    unit,
    yes_no,
)

OBJECTIVES = (
    unit(
        "Platform",
        "online",
        "Clinics stay online whatever fails behind them",
        "ada.lindqvist",
        number(
            "Minutes a month in which a clinic could not book",
            "ada.lindqvist",
            "minutes",
            (148, 30),
            "148 140 126 110 96 88 71 64 60",
            on(3, "The first number was one bad night, so do not read too much into the drop."),
            on(7, "Two short interruptions, both under the limit where clinics notice."),
            weight=2,
        ),
        number(
            "Time until a second zone has taken over",
            "erik.solberg",
            "seconds",
            (900, 60),
            "900 900 740 510 510 380 290 240 210",
            on(3, "Manual steps are scripted now; the wait for DNS is what remains."),
            on(6, "380 in staging with production traffic replayed from a Monday morning."),
        ),
        milestones(
            "A second zone takes over without a person",
            "jonas.lind",
            (
                StepRow("Every service has an owner", 3, 3),
                StepRow("Runbooks are tested in staging", 6, 7, weight=2),
                StepRow("First planned switch at night", 8, None, weight=2),
                StepRow("Unannounced switch by day", 12, None, weight=3),
            ),
            on(3, "Document rendering has an owner at last; that was the last one."),
            risk(
                7,
                "Runbooks took two weeks longer. The switch at night needs an evening of Viktor.",
            ),
        ),
        parent="trust",
        weight=2,
        about="A clinic should learn of a failed zone from our status page and from nothing else.",
    ),
    unit(
        "Platform",
        "fast",
        "Nobody waits for the schedule",
        "ada.lindqvist",
        number(
            "Day view, slowest twentieth of clinics",
            "tomasz.zielinski",
            "seconds",
            (3.4, 1),
            "3.4 3.4 3.1 2.9 2.9 2.4 2.2 2.1 2.1",
            on(3, "Compressed responses alone gave us three tenths."),
            on(6, "The query for recurring appointments was the worst of all; it is gone."),
        ),
        money(
            "Monthly cost of hosting per clinic",
            "ada.lindqvist",
            (11.8, 9),
            "11.80 11.62 11.40 10.9 10.5 10.1 9.7 9.4 9.3",
            on(4, "Cold storage for old scans is cheaper than calculated."),
            on(8, "Will reach nine by itself when the reserved machines start next month."),
        ),
        percent(
            "Open a public API for partner clinics",
            "jonas.lind",
            (0, 100),
            "0 5 10 20 25 25 30 35",
            on(2, "Keys can be issued and withdrawn. Two partners have asked to test."),
            risk(
                6,
                "Booking through the API needs the conflict rules that Scheduling is still "
                "changing. We wait rather than build it twice.",
            ),
        ),
        parent="trust",
    ),
    individual(
        "ben.okafor",
        "Make a failover boring",
        percent(
            "Keep every clinic online through a database failover",
            "ben.okafor",
            (0, 100),
            "0 10 20 30 35 40 45 50",
            on(2, "The ledger replicates to the second zone. Lag is under a second at noon."),
            on(
                5,
                "Drained connections before the planned failover on Sunday: 40 seconds, nobody "
                "called.",
            ),
            risk(
                8,
                "After the switch all clients reconnect at once and empty the pool. Tomasz and I "
                "have a fix in review.",
            ),
            weight=2,
        ),
        number(
            "Rehearsals in which a clinic noticed nothing",
            "ben.okafor",
            "rehearsals",
            (0, 6),
            "0 1 1 2 2 3 3 3",
            on(4, "Second one went through with the whole day shift logged in."),
            risk(
                7,
                "The fourth failed: printing of day lists stopped for six minutes. Counted as "
                "noticed.",
            ),
        ),
        yes_no(
            "The night shift can fail over without calling us",
            "ben.okafor",
            "0 0 0 0 0 0 0 0",
            on(3, "Runbook draft is with support. They want fewer words and more screenshots."),
            risk(8, "Needs an evening with Tariq; his rota is full until the week after next."),
        ),
        parent="online",
        weight=2,
        about="Today three people know how to do it, and all three sleep at night.",
    ),
    individual(
        "ben.okafor",
        "Know about trouble before a clinic calls",
        percent(
            "Incidents that our own alarms reported first",
            "ben.okafor",
            (46, 90),
            "46 46 52 60 60 67 71 75 78",
            on(3, "Queue length of the text messages is watched now; two alarms, both real."),
            on(7, "Nine of the last twelve. The three missed were at partners, not with us."),
        ),
        number(
            "False alarms in a week",
            "ben.okafor",
            "alarms",
            (34, 5),
            "34 36 29 22 15 12 9 8 6",
            on(2, "Worse for now: new checks need a few days to find their limits."),
            on(6, "Switched off the disk check that nobody has acted on all year."),
        ),
        percent(
            "Halve the cost of storing documents",
            "ben.okafor",
            (0, 100),
            "0 15 30 45 60 60 65 70",
            on(3, "Scans older than a year have moved. Nobody has asked for one so far."),
            on(5, "Identical attachments are stored once; insurance forms were 40 percent copies."),
            on(8, "I believe this is nearly finished, the number here is my guess from Monday."),
        ),
        parent="online",
    ),
    individual(
        "tomasz.zielinski",
        "The day view opens before the patient has sat down",
        percent(
            "Load the day view in under a second",
            "tomasz.zielinski",
            (0, 100),
            "0 10 15 20 25 35 40 45",
            on(4, "One query instead of fourteen works for the simple clinics."),
            on(
                7,
                "Sending only what changed cuts traffic to a tenth; merging offline edits is open.",
            ),
        ),
        number(
            "Clinics in which we measure real waiting times",
            "tomasz.zielinski",
            "clinics",
            (3, 40),
            "3 8 15 22 31 40 44 44",
            on(2, "Five practices in Graz agreed by return of mail."),
            on(6, "Reached, and now Support asks for the numbers before they ask the clinic."),
        ),
        yes_no(
            "The old day view is switched off",
            "tomasz.zielinski",
            "0 0 0 0 0 0 0 0",
            on(6, "Only the kiosk in Delft still asks for it. I have written to them."),
        ),
        parent="fast",
    ),
    individual(
        "jonas.lind",
        "Releasing is something we do before lunch",
        percent(
            "Deploy on any weekday without a window",
            "jonas.lind",
            (0, 100),
            "- - - 0 5 5 10 10",
            on(4, "Started late on purpose, after the failover work had its first release."),
            risk(
                7,
                "Old and new schema side by side is more work than I said in week one. Dev joins "
                "me from Thursday.",
            ),
        ),
        number(
            "Releases in a week",
            "dev.patel",
            "releases",
            (1, 8),
            "1 1 2 2 3 3 4 4",
            on(3, "Second release train on Thursdays, still within the window."),
            risk(
                8, "Four is the most we manage while every release needs two people at their desks."
            ),
        ),
        percent(
            "Releases that had to be taken back",
            "jonas.lind",
            (12, 3),
            "12 12 10 9 11 14 13 13",
            on(2, "Two in seventeen, the usual rate."),
            risk(
                5, "More releases, more mistakes: the checks before release have not grown along."
            ),
            off(
                6,
                "14 percent, worse than where we began. I have asked to pause the fourth weekly "
                "release until contract tests run for the payroll calls.",
            ),
        ),
        parent="fast",
    ),
    individual(
        "ada.lindqvist",
        "Platform works without me for a month",
        number(
            "Weekly decisions that did not need me",
            "ada.lindqvist",
            "of 10",
            (3, 8),
            "3 3 4 4 5 6 6 7 7",
            on(3, "We write down who decided what on Fridays. The list itself changes behaviour."),
            on(8, "Jonas ran the capacity meeting alone and it was shorter."),
        ),
        yes_no(
            "Jonas and Tomasz have each led an incident from start to end",
            "ada.lindqvist",
            "0 0 0 0 1",
            on(3, "Tomasz led the certificate incident, Jonas is next on the rota."),
            on(5, "Both done; the reviews are worth reading."),
        ),
        parent="place",
        about="I am away for a month in the next cycle. It should test the calendar, not the team.",
    ),
)
