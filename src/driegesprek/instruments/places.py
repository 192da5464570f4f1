"""Paths with the ids of instances: /child[2]/toy[a]/name is the question /child/toy/name in one instance of each repeat."""

import re
from collections.abc import Collection
from typing import Final

ID: Final = re.compile(r"[A-Za-z0-9_.\-]{1,40}")
"""What the id of an instance may look like; it is stable and never used again for another instance."""
_INSTANCE = re.compile(r"\[([^\[\]/]*)\]")


def template_of(path: str) -> str:
    """The path in the form: without ids."""
    return _INSTANCE.sub("", path) if "[" in path else path


def ids_of(path: str) -> str:
    """The ids alone, in order, as they are stored beside the path in the form: '2/a'."""
    return "/".join(_INSTANCE.findall(path)) if "[" in path else ""


def id_of(instance: str) -> str:
    """The id of an instance of a repeat: '2' of /child[2]."""
    return instance[instance.rindex("[") + 1 : -1]


def placed(template: str, ids: str, repeats: Collection[str]) -> str:
    """The path with ids again, from the path in the form and the ids alone ('2/a'): the reverse of `ids_of`.

    Args:
        template: the path in the form
        ids: of the repeats around it, and of itself where it is an instance
        repeats: paths of the repeats of the form
    """
    if not ids:
        return template
    left = ids.split("/")
    found, at = "", ""
    for part in template.split("/")[1:]:
        at = f"{at}/{part}"
        found = f"{found}/{part}[{left.pop(0)}]" if at in repeats and left else f"{found}/{part}"
    return found
