"""Open data as DUO and others lay them out, of invented schools."""

import random

PUPILS = (
    "BRIN NUMMER;VESTIGINGSNUMMER;INSTELLINGSNAAM VESTIGING;PLAATSNAAM VESTIGING;PROVINCIE VESTIGING;"
    "ONDERWIJSTYPE VO EN LEER- OF VERBLIJFSJAAR;VMBO SECTOR;AFDELING;ELEMENTCODE;OPLEIDINGSNAAM;"
    "LEER- OF VERBLIJFSJAAR 3 - MAN;LEER- OF VERBLIJFSJAAR 3 - VROUW;LEER- OF VERBLIJFSJAAR 4 - MAN;"
    "LEER- OF VERBLIJFSJAAR 4 - VROUW"
)
ADDRESSES = (
    "PROVINCIE;BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;POSTCODE;PLAATSNAAM;GEMEENTENAAM;"
    "ONDERWIJSSTRUCTUUR;COROPGEBIED NAAM"
)
PROFILES = ("Bouwen, wonen en interieur", "Groen", "Produceren, installeren en energie", "Zorg en welzijn")
TRACKS = {"B": "VMBO BL lj 3-4", "K": "VMBO KL lj 3-4", "G": "VMBO GL lj 3-4", "T": "VMBO TL lj 3-4"}
SCHOOLS = {
    # number: (place, municipality, province, {profile: pupils in year 3 and in year 4})
    "00AA00": ("BRIELLE", "BRIELLE", "Zuid-Holland", {0: (10, 12), 3: (20, 18)}),
    "00AA01": ("ROTTERDAM", "ROTTERDAM", "Zuid-Holland", {3: (40, 38)}),
    "00BB00": ("OOSTVOORNE", "WESTVOORNE", "Zuid-Holland", {2: (5, 5), 3: (10, 10)}),
    "00CC00": ("EMMEN", "EMMEN", "Drenthe", {0: (30, 30), 1: (4, 6), 2: (25, 20), 3: (35, 35)}),
}


def pupils(schools=None, track="B", heading=PUPILS):
    lines = [heading]
    for number, (place, _municipality, province, profiles) in (schools or SCHOOLS).items():
        for profile, (third, fourth) in profiles.items():
            name = PROFILES[profile]
            cells = (
                number[:4],
                number[4:],
                f"School {number}",
                place,
                province,
                TRACKS[track],
                "Techniek",
                name,
                "0001",
                f"VMBO BB {name}",
            )
            lines.append(";".join([*cells, str(third), "0", "0", str(fourth)]))
    return "\n".join(lines) + "\n"


def addresses(schools=None, leave_out=()):
    lines = [ADDRESSES]
    for index, (number, (place, municipality, province, _)) in enumerate((schools or SCHOOLS).items()):
        if number not in leave_out:
            where = f"{3000 + index} AB;{place};{municipality};VBO;Groot-Rijnmond"
            lines.append(f"{province};{number[:4]};{number};School {number};{where}")
    return "\n".join(lines) + "\n"


def invented(seed, size=12):
    """Schools by chance, for laws that must hold for any."""
    chance = random.Random(seed)  # noqa: S311 - invented, not secret
    places = [
        ("BRIELLE", "Zuid-Holland"),
        ("HELLEVOETSLUIS", "Zuid-Holland"),
        ("ROTTERDAM", "Zuid-Holland"),
        ("EMMEN", "Drenthe"),
    ]
    found = {}
    for number in range(size):
        place, province = chance.choice(places)
        offered = chance.sample(range(len(PROFILES)), chance.randint(1, len(PROFILES)))
        found[f"{number:02d}ZZ00"] = (
            place,
            place,
            province,
            {one: (chance.randint(0, 40), chance.randint(1, 40)) for one in offered},
        )
    return found
