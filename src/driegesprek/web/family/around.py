"""What a form says over several questions at once, and has to be said with each where they stand one on a screen."""

from collections.abc import Iterator

from driegesprek.instruments import (
    Group,
    Item,
    Kind,
    Play,
    Question,
    Questionnaire,
    Text,
    render,
    template_of,
)


def texts_above(form: Questionnaire, question: Question) -> Iterator[Text]:
    """The labels of the groups around a question, outermost first, and the heading of the grid that it is a row of.

    A repeat's label is left out: the page tells which of its instances it is about.
    """
    parts = question.path.split("/")[1:-1]
    around = [form.groups["/" + "/".join(parts[: depth + 1])] for depth in range(len(parts))]
    yield from (group.label for group in around if group.label and not group.repeats)
    heading = _heading(around[-1].items if around else form.items, question)
    if heading is not None:
        yield heading.label


def _heading(beside: tuple[Item, ...], question: Question) -> Question | None:
    """XLSForm's grid: a select with appearance `label`, whose rows are selects with `list-nolabel` and the same list."""
    if "list-nolabel" not in question.appearance.split():
        return None
    before = beside[: beside.index(question)]
    heads = (one for one in reversed(before) if not isinstance(one, Group) and _heads(one, question))
    return next(heads, None)


def _heads(one: Question, row: Question) -> bool:
    same_list = one.list_name == row.list_name
    return one.kind is Kind.NOTE and same_list and "label" in one.appearance.split()


def instance_name(play: Play, language: str, path: str) -> str:
    """Which instance a screen is about: 'Kind 2', or 'Kind 2 · Hobby 1'; '' outside repeats."""
    found, at = [], ""
    for part in path.split("/")[1:]:
        at = f"{at}/{part}"
        if part.endswith("]"):
            label = render(play.questionnaire.groups[template_of(at)].label, language, play, at)
            among = play.instances.get(at[: at.rindex("[")], ())
            number = among.index(at) + 1 if at in among else 1
            found.append(f"{label} {number}".strip())
    return " · ".join(found)
