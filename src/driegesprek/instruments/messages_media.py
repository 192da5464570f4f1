"""Remarks about a zip with a form and about its pictures, sounds and films: (what is wrong, what to do)."""

Said = dict[str, tuple[str, str]]

MEDIA: dict[str, Said] = {
    "bundle_none": {
        "en": ("There is no form in this zip.", "Put the form (.xlsx) in it, with its media in a folder."),
        "nl": (
            "Er zit geen formulier in deze zip.",
            "Doe het formulier (.xlsx) erin, met de beelden in een map.",
        ),
    },
    "bundle_several": {
        "en": (
            "This zip holds more than one form: {files}.",
            "Leave one, and put other files in a folder 'media'.",
        ),
        "nl": (
            "In deze zip zit meer dan één formulier: {files}.",
            "Laat er één over, en zet andere bestanden in een map 'media'.",
        ),
    },
    "bundle_twice": {
        "en": ("The zip holds two files called '{file}'.", "Give each file a name of its own."),
        "nl": ("In de zip zitten twee bestanden die '{file}' heten.", "Geef elk bestand een eigen naam."),
    },
    "media_missing": {
        "en": (
            "The file '{file}' of '{name}' is not there, so people see the words alone.",
            "Put it in the zip with the form, or add it on the page of the questionnaire.",
        ),
        "nl": (
            "Het bestand '{file}' van '{name}' is er niet bij, dus mensen zien alleen de woorden.",
            "Doe het in de zip bij het formulier, of voeg het toe op de bladzijde van de vragenlijst.",
        ),
    },
    "media_unused": {
        "en": ("The form does not name the file '{file}', so it is left out.", ""),
        "nl": ("Het formulier noemt het bestand '{file}' niet, dus het blijft weg.", ""),
    },
    "media_empty": {
        "en": ("The file '{file}' is empty.", "Save it again."),
        "nl": ("Het bestand '{file}' is leeg.", "Bewaar het opnieuw."),
    },
    "media_too_large": {
        "en": (
            "The file '{file}' is too large: a picture or sound is at most 10 MB, a film 50 MB.",
            "Make it smaller or shorter.",
        ),
        "nl": (
            "Het bestand '{file}' is te groot: een plaatje of geluid is hoogstens 10 MB, een film 50 MB.",
            "Maak het kleiner of korter.",
        ),
    },
    "media_too_many": {
        "en": (
            "The form has more than 300 media files, or over 150 MB of them.",
            "Use fewer or smaller ones.",
        ),
        "nl": (
            "Het formulier heeft meer dan 300 bestanden met beeld en geluid, of meer dan 150 MB.",
            "Neem er minder, of kleinere.",
        ),
    },
    "media_svg": {
        "en": ("'{file}' is an SVG drawing, which can hold programs.", "Save it as PNG and bring that."),
        "nl": (
            "'{file}' is een tekening in SVG; daar kunnen programma's in zitten.",
            "Bewaar haar als PNG en neem die.",
        ),
    },
    "media_kind": {
        "en": (
            "The content of '{file}' cannot be used here ({roles}).",
            "Use png, jpeg, gif or webp for a picture; mp3, m4a, ogg, wav or webm for sound; mp4, webm or ogv for film.",
        ),
        "nl": (
            "De inhoud van '{file}' kan hier niet worden gebruikt ({roles}).",
            "Neem voor beeld png, jpeg, gif of webp, voor geluid mp3, m4a, ogg, wav of webm, voor film mp4, webm of ogv.",
        ),
    },
    "media_damaged": {
        "en": ("The picture '{file}' cannot be read to its end.", "Open it and save it again."),
        "nl": ("Het plaatje '{file}' kan niet helemaal worden gelezen.", "Open het en bewaar het opnieuw."),
    },
    "media_pixels": {
        "en": (
            "The picture '{file}' has more than 40 million pixels.",
            "Save it smaller: 1600 wide is plenty.",
        ),
        "nl": (
            "Het plaatje '{file}' heeft meer dan 40 miljoen beeldpunten.",
            "Bewaar het kleiner: 1600 breed is ruim genoeg.",
        ),
    },
}
