"""Values by path as nested data: a repeat becomes a list of objects, each with the id of its instance."""

from collections.abc import Mapping
from typing import Any

from driegesprek.instruments.given import ID_KEY
from driegesprek.instruments.places import id_of
from driegesprek.instruments.playing import Play


def nested(play: Play, values: Mapping[str, Any]) -> dict[str, Any]:
    """{name: value}, with {repeat: [{'_id': '1', name: value}, …]} for what stands in repeats.

    `values` are by path with the ids of instances; it can be given to `play` again as answers. Groups that do not
    repeat are left out, as their questions have names of their own; where two questions share a name, the path is the
    key.
    """
    names = [question.name for question in play.questionnaire.questions.values()]
    found: dict[str, Any] = {}
    objects = {"": found}
    for repeat, instances in play.instances.items():
        around = repeat[: repeat.rindex("]") + 1] if "]" in repeat else ""
        rows = [objects.setdefault(one, {ID_KEY: id_of(one)}) for one in instances]
        if around in objects:
            objects[around][repeat.rpartition("/")[2]] = rows
    for path, value in values.items():
        around = path[: path.rindex("]") + 1] if "]" in path else ""
        name = path.rpartition("/")[2]
        if around in objects:
            objects[around][name if names.count(name) == 1 else path] = value
    return found
