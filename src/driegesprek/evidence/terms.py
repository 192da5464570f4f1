"""Which terms a model has, as they are written: ``pre;sex+origin;homework:talk``.

Blocks are separated by ``;``, terms by ``+``, the parts of an interaction by ``:``. As in R, ``a*b`` is ``a+b+a:b``:
the parts by themselves where they are not in the model yet, then their interactions.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

from driegesprek.evidence.problems import EvidenceError

Term = tuple[str, ...]
"""Names of the variables whose product it is; one for a main effect."""


def blocks(text: str | Sequence[str | Sequence[str]]) -> tuple[tuple[Term, ...], ...]:
    """The blocks in the order in which they enter.

    Args:
        text: As on the command line, or a sequence with a text or a sequence of terms per block.

    Raises:
        EvidenceError: ``bad_terms``: an empty block or term, a term twice, or an interaction whose main effects are
            not in the model by then.
    """
    parts = text.split(";") if isinstance(text, str) else list(text)
    found, seen = [], set[frozenset[str]]()
    for part in parts:
        found.append(_block(part, seen))
        seen |= {frozenset(term) for term in found[-1]}
    _check([term for block in found for term in block])
    return tuple(found)


def terms(text: str | Sequence[str]) -> tuple[Term, ...]:
    """The terms of one block; nothing at all gives none, which is the model with an intercept only."""
    found = _block(text, set()) if text else ()
    _check(found)
    return found


def written(term: Term) -> str:
    """A term as it is written."""
    return ":".join(term)


def variables(found: Iterable[Term]) -> tuple[str, ...]:
    """The variables of terms, each once, in order."""
    return tuple(dict.fromkeys(name for term in found for name in term))


def _block(part: str | Sequence[str], before: set[frozenset[str]]) -> tuple[Term, ...]:
    """The terms of a block; ``before``: those of the blocks before it, which a product does not bring again."""
    pieces = part.split("+") if isinstance(part, str) else list(part)
    found: list[Term] = []
    for piece in pieces:
        made = _crossed(piece) if "*" in piece else [_term(piece)]
        known = before | {frozenset(term) for term in found} if len(made) > 1 else set()
        found += [term for term in made if frozenset(term) not in known]
    return tuple(found)


def _crossed(piece: str) -> list[Term]:
    """All of ``a*b*c``: each by itself, each pair, all together."""
    if ":" in piece:
        raise EvidenceError(
            "bad_terms", f"{piece.strip()!r} has both '*' and ':'. Write its terms with '+' between."
        )
    names = _term(piece, "*")
    return [several for size in range(1, len(names) + 1) for several in combinations(names, size)]


def _term(piece: str, between: str = ":") -> Term:
    names = tuple(name.strip() for name in piece.split(between))
    if not all(names):
        raise EvidenceError(
            "bad_terms",
            f"{piece!r} is no term. Write variables with '+' between terms, ':' in an interaction, ';' between blocks.",
        )
    if len(set(names)) < len(names):
        raise EvidenceError("bad_terms", f"{piece.strip()!r} has the same variable twice.")
    return names


def _check(found: Sequence[Term]) -> None:
    seen: set[frozenset[str]] = set()
    for term in found:
        if frozenset(term) in seen:
            raise EvidenceError("bad_terms", f"{written(term)!r} stands twice in the model. Leave one out.")
        for name in term:
            if len(term) > 1 and frozenset({name}) not in seen:
                raise EvidenceError(
                    "bad_terms",
                    f"The interaction {written(term)!r} needs {name!r} itself before it, in the same or an earlier block.",
                )
        seen.add(frozenset(term))
