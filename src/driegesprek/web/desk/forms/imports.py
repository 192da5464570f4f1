"""Forms of the import: files, which column holds what, how much the list holds."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from driegesprek.roster import FIELDS, SLOTS, ColumnMapping, Field, Recognised
from driegesprek.roster.cells import as_text
from driegesprek.tables import DEFAULT_LIMITS, FileRefused, Problem, Table
from driegesprek.tables.messages import TOO_LARGE
from driegesprek.tables.values import MEGABYTE

EXAMPLES = 3


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes more than one file."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or more."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Every file on its own."""
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given or [None]]


class UploadForm(forms.Form):
    """What was exported from the administration."""

    files = FilesField(
        label=_("File or files"),
        help_text=_(
            "A class list (.csv or .xlsx, one row per pupil), or OneRoster (a .zip, or all .csv files at once)."
        ),
        widget=SeveralFiles(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.zip"}),
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty.")},
    )

    def contents(self) -> dict[str, bytes]:
        """The files' bytes by name, once it is known that they are not too large.

        Raises:
            FileRefused: with the file that is too large; it is then not read.
        """
        files: list[UploadedFile] = self.cleaned_data["files"]
        most, size = DEFAULT_LIMITS.max_bytes, sum(one.size or 0 for one in files)
        if size > most:
            largest = max(files, key=lambda one: one.size or 0)
            params = {"size": round(size / MEGABYTE, 1), "most": most // MEGABYTE}
            raise FileRefused([Problem(str(largest.name), TOO_LARGE, params)])
        return {str(one.name): one.read() for one in files}


class ColumnsForm(forms.Form):
    """Which column of a class list holds what."""

    def __init__(self, *args: Any, table: Table, mapping: ColumnMapping, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        known = {position: key for key, position in mapping.positions(table.headings).items()}
        choices = field_choices()
        for number, heading in enumerate(table.headings):
            self.fields[_name(number)] = forms.ChoiceField(
                label=heading, required=False, choices=choices, initial=known.get(number, "")
            )

    def clean(self) -> dict[str, Any]:
        """A field is held by one column, and what is required by one of them."""
        seen: dict[str, str] = {}
        for name, key in list(self.cleaned_data.items()):
            if key and key in seen:
                text = _("'%(field)s' is chosen for column '%(column)s' already.")
                self.add_error(name, text % {"field": label_of(FIELDS[key]), "column": seen[key]})
            seen.setdefault(key, str(self.fields[name].label))
        for missing in ColumnMapping(tuple(self._columns().items())).missing if not self.errors else ():
            self.add_error(None, _("Say which column holds '%(field)s'.") % {"field": label_of(missing)})
        return self.cleaned_data

    def _columns(self) -> dict[str, str]:
        return {str(self.fields[name].label): key for name, key in self.cleaned_data.items() if key}

    @property
    def mapping(self) -> ColumnMapping:
        """What was chosen."""
        return ColumnMapping(tuple(self._columns().items()))

    def rows(self) -> list[tuple[Any, list[str]]]:
        """Each column's field with the first values of that column."""
        return [(self[_name(i)], examples(self.table, i)) for i in range(len(self.table.headings))]


def _name(number: int) -> str:
    return f"column-{number}"


def examples(table: Table, column: int) -> list[str]:
    """The first three values of a column that differ."""
    found: dict[str, None] = {}
    for row in table.rows:
        if text := as_text(row.cells[column]):
            found[text] = None
        if len(found) == EXAMPLES:
            break
    return list(found)


def label_of(field: Field) -> str:
    """A field's label in the language of the desk."""
    return field.en if (get_language() or "nl").startswith("en") else field.nl


def field_choices() -> list[Any]:
    """All fields, grouped: the pupil and the class, then each adult."""
    english = (get_language() or "nl").startswith("en")
    groups = {slot: names[1] if english else names[0] for slot, names in SLOTS.items()}
    pupil = [one for one in FIELDS.values() if one.key.split(".")[0] not in SLOTS]
    return [
        ("", _("– is not used –")),
        (_("Pupil and class"), [(one.key, label_of(one)) for one in pupil]),
        *((title, _of_slot(slot)) for slot, title in groups.items()),
    ]


def _of_slot(slot: str) -> list[tuple[str, str]]:
    return [(one.key, label_of(one)) for one in FIELDS.values() if one.key.startswith(f"{slot}.")]


class HowMuchForm(forms.Form):
    """Whether who is missing from a class list has left the school."""

    scope = forms.ChoiceField(
        label=_("What does this list hold?"),
        choices=[
            ("classes", _("Only these classes: pupils of other classes stay as they are")),
            ("school", _("The whole school: whoever is not in it has left")),
        ],
        widget=forms.RadioSelect,
    )


class WhichSchoolForm(forms.Form):
    """Of OneRoster with several schools: which of them."""

    school = forms.ChoiceField(label=_("Which school of this file?"), required=False)

    def __init__(self, *args: Any, found: Recognised, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        field.choices = [
            ("", _("All of them, each as a location")),
            *((one.external_id, one.name) for one in found.schools),
        ]


def choice_form(found: Recognised, chosen: dict[str, Any], data: Any = None) -> forms.Form | None:
    """What is left to choose about a list; None where there is nothing."""
    if found.kind == "class_list":
        return HowMuchForm(data, initial={"scope": chosen.get("scope", "classes")})
    if len(found.schools) > 1:
        return WhichSchoolForm(data, found=found, initial={"school": chosen.get("school", "")})
    return None


def sheets(found: Recognised) -> Sequence[Table]:
    """The sheets to choose from; none where there is one only."""
    return found.tables if len(found.tables) > 1 else ()
