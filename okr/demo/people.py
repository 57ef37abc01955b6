"""Who works at Larkspur, and where. A unit's people report to its lead unless told otherwise."""

from okr.demo.tables import PersonRow, UnitRow

DOMAIN = "larkspur.example"
TOP = "marta.vidal"
OKR_ADMINS = ("olga.petrenko", "henrik.dahl")
GONE = ("oliver.byrne",)
INVITED, TO_INVITE = ("leonie.hartl",), ("rui.tavares",)


def _people(table: str) -> tuple[PersonRow, ...]:
    rows = (line.split("|") for line in table.strip().splitlines())
    return tuple(PersonRow(*(cell.strip() for cell in row)) for row in rows)


UNITS = (
    UnitRow(
        "Larkspur",
        "",
        "marta.vidal",
        _people("""
            marta.vidal      | Marta Vidal      | Chief Executive Officer
            olga.petrenko    | Olga Petrenko    | Chief of Staff
            joao.rocha       | João Rocha       | Executive Assistant
        """),
    ),
    UnitRow(
        "Product & Engineering",
        "Larkspur",
        "viktor.almeida",
        _people("""
            viktor.almeida   | Viktor Almeida   | Chief Product and Technology Officer
            priya.raman      | Priya Raman      | Principal Product Manager
            leon.fischer     | Leon Fischer     | Data Analyst
        """),
    ),
    UnitRow(
        "Platform",
        "Product & Engineering",
        "ada.lindqvist",
        _people("""
            ada.lindqvist    | Ada Lindqvist    | Head of Platform
            ben.okafor       | Ben Okafor       | Platform Engineer
            jonas.lind       | Jonas Lind       | Staff Engineer
            tomasz.zielinski | Tomasz Zieliński | Senior Platform Engineer
            dev.patel        | Dev Patel        | Platform Engineer        | jonas.lind
            erik.solberg     | Erik Solberg     | Site Reliability Engineer
        """),
    ),
    UnitRow(
        "Scheduling",
        "Product & Engineering",
        "amara.osei",
        _people("""
            amara.osei       | Amara Osei       | Head of Scheduling
            rafael.costa     | Rafael Costa     | Senior Product Engineer
            grace.mbeki      | Grace Mbeki      | Product Engineer         | rafael.costa
            lucia.ferri      | Lucia Ferri      | Product Engineer         | rafael.costa
            yusuf.demir      | Yusuf Demir      | Product Manager
            anneke.devries   | Anneke de Vries  | Quality Engineer
        """),
    ),
    UnitRow(
        "Payroll",
        "Product & Engineering",
        "hannah.weiss",
        _people("""
            hannah.weiss     | Hannah Weiss     | Head of Payroll
            noor.haddad      | Noor Haddad      | Product Manager
            piotr.nowak      | Piotr Nowak      | Senior Payroll Engineer
            camille.laurent  | Camille Laurent  | Payroll Compliance Specialist
            diego.fuentes    | Diego Fuentes    | Payroll Engineer         | piotr.nowak
            ingrid.haugen    | Ingrid Haugen    | Quality Engineer
        """),
    ),
    UnitRow(
        "Mobile",
        "Product & Engineering",
        "mei.tanaka",
        _people("""
            mei.tanaka       | Mei Tanaka       | Head of Mobile
            kwame.boateng    | Kwame Boateng    | iOS Engineer
            elif.kaya        | Elif Kaya        | Android Engineer
            nils.bergman     | Nils Bergman     | Mobile Engineer
            zara.hussain     | Zara Hussain     | Product Manager
        """),
    ),
    UnitRow(
        "Design",
        "Product & Engineering",
        "sofia.brandt",
        _people("""
            sofia.brandt     | Sofia Brandt     | Head of Design
            theo.papadakis   | Theo Papadakis   | Senior Product Designer
            aiko.mori        | Aiko Mori        | User Researcher
            clara.jensen     | Clara Jensen     | UX Writer
        """),
    ),
    UnitRow(
        "Revenue",
        "Larkspur",
        "daniel.hartmann",
        _people("""
            daniel.hartmann  | Daniel Hartmann  | Chief Revenue Officer
        """),
    ),
    UnitRow(
        "Sales",
        "Revenue",
        "fatima.elamrani",
        _people("""
            fatima.elamrani  | Fatima El Amrani | Head of Sales
            patrick.doyle    | Patrick Doyle    | Account Executive
            giulia.romano    | Giulia Romano    | Account Executive
            hugo.lefevre     | Hugo Lefèvre     | Account Executive
            marcus.webb      | Marcus Webb      | Sales Engineer
            sanne.bakker     | Sanne Bakker     | Sales Development Lead
            oliver.byrne     | Oliver Byrne     | Account Executive
        """),
    ),
    UnitRow(
        "Marketing",
        "Revenue",
        "renata.kowalska",
        _people("""
            renata.kowalska  | Renata Kowalska  | Head of Marketing
            ethan.brooks     | Ethan Brooks     | Content Lead
            leila.farahani   | Leila Farahani   | Demand Generation Manager
            oscar.nyberg     | Oscar Nyberg     | Events Manager
        """),
    ),
    UnitRow(
        "Customer Success",
        "Revenue",
        "beatriz.santos",
        _people("""
            beatriz.santos   | Beatriz Santos   | Head of Customer Success
            cleo.marchetti   | Cleo Marchetti   | Customer Success Manager
            freya.olsen      | Freya Olsen      | Customer Success Manager
            adam.kovac       | Adam Kováč       | Onboarding Specialist
            miriam.stein     | Miriam Stein     | Support Lead
            tariq.aziz       | Tariq Aziz       | Support Specialist       | miriam.stein
            rui.tavares      | Rui Tavares      | Support Specialist       | miriam.stein
        """),
    ),
    UnitRow(
        "Operations",
        "Larkspur",
        "ines.moreau",
        _people("""
            ines.moreau      | Ines Moreau      | Chief Operating Officer
        """),
    ),
    UnitRow(
        "Finance",
        "Operations",
        "walter.brandstetter",
        _people("""
            walter.brandstetter | Walter Brandstetter | Head of Finance
            nadia.benali        | Nadia Benali        | Financial Controller
            simon.keller        | Simon Keller        | Billing Specialist
        """),
    ),
    UnitRow(
        "People",
        "Operations",
        "henrik.dahl",
        _people("""
            henrik.dahl      | Henrik Dahl      | Head of People
            amelie.durand    | Amélie Durand    | Talent Partner
            jasper.wolff     | Jasper Wolff     | People Operations Specialist
            leonie.hartl     | Leonie Hartl     | Working Student
        """),
    ),
    UnitRow(
        "IT & Security",
        "Operations",
        "samuel.okoro",
        _people("""
            samuel.okoro     | Samuel Okoro     | Head of IT and Security
            katya.ivanova    | Katya Ivanova    | Security Engineer
            luis.herrera     | Luis Herrera     | IT Administrator
        """),
    ),
    UnitRow(
        "Legal",
        "Operations",
        "margaret.sinclair",
        _people("""
            margaret.sinclair | Margaret Sinclair | General Counsel
            tobias.engel      | Tobias Engel      | Data Protection Officer
        """),
    ),
)
