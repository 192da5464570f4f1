"""A class list as an administration exports it: Windows-1252, semicolons, titles above, a total below."""

from dataclasses import dataclass

HEADINGS = (
    "Stamnr.;Roepnaam;Tussenv.;Achternaam;Klas;Lj;Niveau;Mentor;Geb.datum;"
    "Naam verzorger 1;Relatie verz. 1;Mobiel verz. 1;Brieftaal ouder 1;Adres verz. 1;"
    "Naam verzorger 2;Relatie verz. 2;Mobiel verz. 2;Brieftaal ouder 2;Adres verz. 2;Kluisje"
)
MENTORS = {"2A": "Anne Jansen", "2B": "Bart de Vries"}
GIVEN = ("Noor", "Sem", "Renée", "Daan", "Yara", "Thijs", "Lina", "Jayden", "Fleur", "Ömer")
FAMILY = ("Bakker", "Visser", "Smit", "Mulder", "Bos", "Dekker", "Vos", "Peters", "Kok", "Öztürk")


@dataclass(frozen=True)
class Child:
    given: str
    prefix: str
    family: str
    of_class: str
    adults: tuple

    @property
    def name(self):
        return " ".join(part for part in (self.given, self.prefix, self.family) if part)


# Of each adult: name, relation, mobile number, language, address.
SAMIRA = Child(
    "Samira", "el", "Amrani", "2A",
    (
        ("Fatima el Amrani", "moeder", "06-11000001", "Arabisch", "Dorpsstraat 1"),
        ("Karim el Amrani", "vader", "06-11000002", "Nederlands", "Kade 22"),
    ),
)  # fmt: skip
EMRE = Child("Emre", "", "Çelik", "2A", (("Ayse Çelik", "moeder", "06-11000003", "Turks", "Markt 3"),))
ZOFIA = Child(
    "Zofia", "", "Kowalska", "2A", (("Marta Kowalska", "moeder", "06-11000004", "Pools", "Laan 4"),)
)
BILAL = Child("Bilal", "", "Haddad", "2B", (("Omar Haddad", "vader", "", "Arabisch", "Plein 5"),))


def children():
    """Fourteen pupils of 2A and twelve of 2B."""
    found = [SAMIRA, EMRE, ZOFIA, BILAL]
    for number in range(22):
        given, family = GIVEN[number % 10], FAMILY[(number * 3) % 10]
        parent = (f"Ouder {family}", "moeder", f"06-22{number:06d}", "", f"Weg {number}")
        found.append(
            Child(given + " Jr" * (number // 10), "", family, "2A" if number < 11 else "2B", (parent,))
        )
    return found


def row(child, number):
    fixed = [f"{2000 + number}", child.given, child.prefix, child.family, child.of_class, "2", "BB/KB"]
    fixed += [MENTORS[child.of_class], f"{number + 1:02d}-03-2013"]
    adults = [cell for adult in child.adults for cell in adult]
    return ";".join([*fixed, *adults, *[""] * (10 - len(adults)), f"K{number}"])


def as_csv(*, broken=False):
    """The file's bytes; `broken`: a class is missing in one row and a birthday cannot be in another."""
    rows = [row(child, number) for number, child in enumerate(children())]
    if broken:
        rows[3] = rows[3].replace(";2B;2;", ";;2;")
        rows[5] = rows[5].replace("06-03-2013", "31-02-2013")
    lines = ["Klassenlijst leerjaar 2 – De Wissel", "", HEADINGS, *rows, f"Totaal: {len(rows)} leerlingen"]
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")
