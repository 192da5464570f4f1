"""What import-linter cannot see: foreign keys by name, template inheritance and migrations obey the floors too."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

WEB = Path(__file__).resolve().parents[2] / "src" / "driegesprek" / "web"
FLOORS = [
    "common",
    "supply",
    "people",
    "access",
    "line",
    "outreach",
    "surveys",
    "talks",
    "findings",
    "conduct",
    "family",
    "desk",
    "atlas",
    "site",
]
OF_NOBODY = {"School", "Office", "User", "FailedTries"}
ROOMS = [room for room in FLOORS if (WEB / room).is_dir()]


def may_use(room: str, other: str) -> bool:
    if room != other and {room, other} <= {"desk", "family", "atlas"}:
        return False
    return FLOORS.index(other) <= FLOORS.index(room)


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "site"])
def test_foreign_keys_point_to_the_same_floor_or_lower(room):
    for model in apps.get_app_config(room).get_models():
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model._meta.app_label in FLOORS:
                assert may_use(room, field.related_model._meta.app_label), f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("room", ROOMS)
def test_templates_extend_and_include_from_the_same_floor_or_lower(room):
    for file in (WEB / room).rglob("templates/**/*.html"):
        for used in re.findall(r"{%\s*(?:extends|include)\s+[\"']([\w-]+)/", file.read_text()):
            if used in FLOORS:
                assert may_use(room, used), f"{file.relative_to(WEB)} uses {used}"


def test_migrations_depend_on_the_same_floor_or_lower():
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        for other, _ in migration.dependencies if app in FLOORS else []:
            assert other not in FLOORS or may_use(app, other), f"{app}.{name} depends on {other}"


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "site"])
def test_every_table_says_how_long_its_rows_are_kept(room):
    for model in apps.get_app_config(room).get_models():
        assert getattr(model, "retention", ""), f"{model.__name__} has no retention"


@pytest.mark.parametrize("room", [room for room in ROOMS if room not in {"site", "common"}])
def test_every_row_belongs_to_a_school_and_has_a_random_key(room):
    for model in apps.get_app_config(room).get_models():
        names = {field.name for field in model._meta.get_fields()}
        assert model._meta.pk.get_internal_type() == "UUIDField"
        assert {"school", "school_id", "office"} & names or model.__name__ in OF_NOBODY, model.__name__
