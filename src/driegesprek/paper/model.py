"""What is printed, as plain values: every word comes in from outside, this workshop knows only how it looks.

Texts are :class:`Line`: the words in the reader's language and, where that is a draft or not Dutch, the Dutch
beneath. Whoever fills a text with a name puts :func:`driegesprek.paper.isolate` around the name, so that a Latin
name in an Arabic sentence (or the reverse) does not pull the sentence's punctuation along.
"""

from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Line:
    """One text in the reader's language, with the Dutch beneath where that is needed.

    Attributes:
        text: The words.
        dutch: The Dutch beneath, smaller; None where there is no need.
        language: BCP 47 tag of the words where it is not the reader's language: a name, a missing translation.
    """

    text: str
    dutch: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """The way from paper to the same thing on a phone.

    Attributes:
        url: What the QR code holds; it carries the secret.
        code: What is typed instead; printed in groups of five.
        scan: Beside the QR code: what scanning it brings.
        typing: Above the code: where to type it, or only "Code".
        alternative: What a screen reader says for the QR code, in the reader's language.
        address: Where the code is typed, as a person would say it: ``driegesprek.school.nl``; None if the words
            above say so.
        languages: Beneath the code: that there are other languages.
    """

    url: str
    code: str
    scan: Line
    typing: Line
    alternative: str
    address: str | None = None
    languages: Line | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed, in the language it was typed in; its own letters decide its direction."""

    text: str
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class NotOffered:
    """What this school does not offer: a bold heading, the profiles, and whom to ask about them."""

    heading: Line
    profiles: tuple[Line, ...]
    ask: Line


@dataclass(frozen=True, slots=True)
class Moment:
    """One of the moments of the year: what happens, and when, already formatted."""

    what: Line
    when: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Whom to call. Without a name or a number the rest still stands.

    Attributes:
        heading: "Questions? Call", or the whole sentence with name and number.
        who: The mentor's name as the school writes it, if the heading does not say it.
        role: "mentor of 2A", or, without a name, who it is.
        phone: The number as it is to be read, never turned round in a right-to-left text.
        hours: When there is someone, and in which languages.
    """

    heading: Line
    who: str | None = None
    role: Line | None = None
    phone: str | None = None
    hours: Line | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """One quality to tick: its word, and a picture as the text of an SVG file."""

    word: Line
    picture: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """Something to write about, and the lines to write on, each with room for handwriting.

    Attributes:
        label: What to write; None if the step's heading says it.
        lines: How many lines.
        beside: Whether the label stands at the head of the first line instead of above it.
    """

    label: Line | None
    lines: int = 1
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to tick: "Please call me on", with a line after it if something is to be filled in."""

    label: Line
    fill_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A numbered step of the assignment: what to do, pictures to tick, lines to write on."""

    heading: Line
    help: Line | None = None
    qualities: tuple[Quality, ...] = ()
    prompts: tuple[Prompt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The front page: what must be chosen, between what, by when, whom to call.

    Attributes:
        greeting: To whom the sheet speaks.
        choose_by: The date in a pill: "before 12 February".
        title: What must be chosen: "Samira chooses a profile this year".
        intro: The sentence before the profiles.
        profiles: The profiles of this school, any number.
        profiles_heading: Above them, if the intro does not lead up to them.
        not_offered: What this school does not offer; None if it offers all.
        turn: At the foot: that the assignment is on the back.
        moments_heading: Above the moments.
        moments: The moments of the year, usually three.
        call: Whom to call.
    """

    greeting: Line
    choose_by: Line
    title: Line
    intro: Line
    profiles: tuple[Line, ...]
    moments_heading: Line
    moments: tuple[Moment, ...]
    call: Call
    profiles_heading: Line | None = None
    not_offered: NotOffered | None = None
    turn: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """The back page: the assignment, in numbered steps, and what to do with the sheet.

    Attributes:
        title: The assignment's name.
        intro: How long it takes, who begins, that one may choose another adult or stop.
        steps: The steps in order.
        bring: In the band at the foot: bring this sheet along.
        ticks: Above the band: what the adult may tick.
        notes: Beneath the band, smaller: who reads this sheet, that a question may be skipped.
    """

    title: Line
    intro: Line
    steps: tuple[Step, ...]
    bring: Line
    ticks: tuple[Tick, ...] = ()
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The sheet for one adult: two pages, front and back.

    Attributes:
        language: BCP 47 tag of the reader's language.
        direction: Of that language.
        school: The school's name, in the head of both pages.
        class_name: "2A".
        pupil: The pupil's name; on the back, so that a sheet that is brought along finds its file.
        front: What, when, whom.
        back: The assignment.
        door: QR code and typed code.
        reference: Small in the foot: "2A · 3 / 24".
        demonstration: Marks both pages as not for use.
    """

    language: str
    direction: Direction
    school: str
    class_name: str
    pupil: str
    front: Front
    back: Back
    door: Door
    reference: str = ""
    demonstration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A pupil's card, eight on an A4 with cutting marks."""

    language: str
    direction: Direction
    school: str
    class_name: str
    pupil: str
    title: Line
    help: Line
    door: Door
    reference: str = ""
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement of a talk.

    Attributes:
        who: The role, with the name if there is one: "Samira (pupil)".
        what: As it was typed.
        by: By when, already formatted.
    """

    who: Line
    what: Typed
    by: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreements:
    """What was agreed in a talk, for the family to take home.

    Attributes:
        title: "What we agreed".
        held: When the talk was, and with whom.
        headings: Of the columns: who, what, by when.
        rows: The agreements.
        call: Whom to call.
        closing: What happens with these agreements, where to keep them.
    """

    language: str
    direction: Direction
    school: str
    class_name: str
    pupil: str
    title: Line
    held: Line
    headings: tuple[Line, Line, Line]
    rows: tuple[Agreement, ...]
    call: Call
    closing: tuple[Line, ...] = ()
    reference: str = ""
    demonstration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter, as long as it needs to be; the address stands in the window of a C5/6 envelope.

    Attributes:
        to: The lines of the address, or only a name.
        dated: Place and date, already formatted.
        subject: The letter's heading.
        paragraphs: The letter.
        closing: "Kind regards,".
        sender: Name and role beneath the closing.
        door: QR code and typed code, if the letter opens something.
    """

    language: str
    direction: Direction
    school: str
    to: tuple[str, ...]
    dated: Line
    subject: Line
    paragraphs: tuple[Line, ...]
    closing: Line
    sender: tuple[str, ...]
    door: Door | None = None
    reference: str = ""
    demonstration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """A vmbo location on a leaflet.

    Attributes:
        name: Of the location, with its place.
        distance: How far, and which tracks.
        absent: Profiles that are not there; what stands first.
        offered: Profiles that are.
        only: Instead of both, where there is no profile at all; else None.
        notes: What the school itself says about what is not there.
    """

    name: str
    distance: Line
    absent: tuple[Line, ...] = ()
    offered: tuple[Line, ...] = ()
    only: Line | None = None
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """What there is to choose near a primary school or neighbourhood: two sides A5.

    Attributes:
        language: BCP 47 tag of the reader's language.
        direction: The way it runs.
        school: The primary school or the place, as named at the top.
        title: "What can my child choose here?".
        intro: What a profile is, and that not every school has each.
        absent_heading: Above what is not there.
        offered_heading: Above what is.
        near: The nearest locations.
        front_notes: Beneath: of which year this is, how distance is meant.
        later_title: Of the back: "What does that mean for later?".
        later: What it means.
        flows: Each profile with how many of a hundred go on to technology after it.
        source: Where these numbers come from.
        ask_heading: Above the questions.
        asks: Questions for an open day.
        flows_note: Why some of the numbers are told as two; None where none is.
    """

    language: str
    direction: Direction
    school: str
    title: Line
    intro: Line
    absent_heading: Line
    offered_heading: Line
    near: tuple[Nearby, ...]
    front_notes: tuple[Line, ...]
    later_title: Line
    later: tuple[Line, ...]
    flows: tuple[tuple[Line, Line], ...]
    source: Line
    ask_heading: Line
    asks: tuple[Line, ...]
    flows_note: Line | None = None
    reference: str = ""
    demonstration: bool = False


Item = Sheet | Card | Agreements | Letter | Leaflet
