"""What can be wrong with a file of open data, in Dutch and English, with what to do about it."""

from driegesprek.tables import Message

UNKNOWN_LAYOUT = Message(
    "region_unknown_layout",
    "Dit bestand is niet herkend aan zijn kolommen: {headings}.",
    "The columns of this file are not recognised: {headings}.",
    "Het lijkt het meest op {nearest}; daarvoor ontbreekt: {missing}. Herkend worden: {known}.",
    "It comes nearest to {nearest}; for that it lacks: {missing}. What is recognised: {known}.",
)
NO_YEAR = Message(
    "region_no_year",
    "Er staat geen jaar in het bestand en ook niet in zijn naam.",
    "There is no year in the file, nor in its name.",
    "Geef het jaar op: --year 2019.",
    "Give the year: --year 2019.",
)
NOT_A_COUNT = Message(
    "region_not_a_count",
    "'{value}' is geen aantal.",
    "'{value}' is not a count.",
    "Download het bestand opnieuw; er is iets in veranderd of beschadigd.",
    "Download the file again; something in it was changed or damaged.",
)
NOT_A_NUMBER = Message(
    "region_not_a_number",
    "'{value}' is geen getal.",
    "'{value}' is not a number.",
    "Download het bestand opnieuw; er is iets in veranderd of beschadigd.",
    "Download the file again; something in it was changed or damaged.",
)
EMPTY_KEY = Message(
    "region_empty_key",
    "Deze rij heeft geen {what}.",
    "This row has no {what}.",
    "Download het bestand opnieuw, of haal deze rij weg.",
    "Download the file again, or take this row out.",
)
NOT_AN_AGE = Message(
    "region_not_an_age",
    "'{value}' is geen leeftijd.",
    "'{value}' is no age.",
    "Schrijf '10 tot 15 jaar', '12', '75 of ouder' of 'Totaal'.",
    "Write '10 tot 15 jaar', '12', '75 of ouder' or 'Totaal'.",
)
BAD_COORDINATE = Message(
    "region_bad_coordinate",
    "'{value}' is geen plaats in of bij Nederland (graden WGS84 of meters RD).",
    "'{value}' is no place in or near the Netherlands (degrees WGS84, or metres RD).",
    "Gebruik breedte- en lengtegraden, of coördinaten van RD new (EPSG:28992).",
    "Use latitude and longitude, or coordinates of RD new (EPSG:28992).",
)
REPEATED = Message(
    "region_repeated",
    "{what} staat twee keer in dit bestand, ook in rij {other}.",
    "{what} stands twice in this file, also in row {other}.",
    "Haal een van de twee weg.",
    "Take one of the two out.",
)
NOT_GEOJSON = Message(
    "region_not_geojson",
    "Dit is geen bruikbaar GeoJSON-bestand: {why}.",
    "This is not a GeoJSON file that can be used: {why}.",
    "Nodig zijn een FeatureCollection in graden (WGS84), met een code of een naam per gebied of een vestigingsnummer "
    "per punt.",
    "Needed: a FeatureCollection in degrees (WGS84), with a code or name per area or a location number per point.",
)
SAME_TWICE = Message(
    "region_same_twice",
    "Dit zijn dezelfde gegevens ({what}) als in {other}, maar met een andere inhoud.",
    "These are the same data ({what}) as in {other}, but with other content.",
    "Breng er een van de twee in.",
    "Bring in one of the two.",
)
NO_ROWS = Message(
    "region_no_rows",
    "Er staat geen enkele bruikbare rij in dit bestand.",
    "There is not one row in this file that can be used.",
    "Controleer of het bestand volledig is.",
    "Check whether the file is complete.",
)
