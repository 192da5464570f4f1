"""Where people stand on each scale, before and after: normal factors with mean 0 and standard deviation 1.

Before, a factor is the sum of what the scales of a block share, what a family shares, what a class and a school share,
and the person's own part. After, it is a part of where the person stood, a part of where the person stood on the scale
that supports this one, the effects that are put in, and something new; the new part is as large as is needed for
standard deviation 1. Effects and groups are centred, so that the mean over all stays where the target puts it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from driegesprek.content.simulation.answers import Floats
from driegesprek.content.simulation.figures import POST, PRE, Shape, effects, shapes
from driegesprek.content.simulation.people import Ints, People

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Chance:
    """Streams of chance by name: one thing more to draw changes nothing in the others."""

    seed: int

    def of(self, *names: str) -> np.random.Generator:
        """The stream of a name; the same one each time."""
        return np.random.default_rng([self.seed, crc32("/".join(names).encode())])


@dataclass
class Standing:
    """Draws where the people stand; what families share is the same for pupils and adults."""

    people: People
    chance: Chance
    _families: dict[str, Floats] = field(default_factory=dict)

    def before(self, voice: str) -> dict[str, Floats]:
        """Factors of shape (persons,) by scale."""
        number = self.people.count(voice)
        blocks = {one.block: self.chance.of(voice, "block", one.block) for one in shapes().values()}
        shared = {block: chance.standard_normal(number) for block, chance in blocks.items()}
        return {scale: self._before(voice, scale, one, shared) for scale, one in _of(voice).items()}

    def _before(self, voice: str, scale: str, shape: Shape, shared: Mapping[str, Floats]) -> Floats:
        own = self.chance.of(voice, scale, PRE, "own").standard_normal(self.people.count(voice))
        found: Floats = (
            shape.block_loading * shared[shape.block]
            + shape.family_loading * self._family(voice, shape.family_factor)
            + self._groups(voice, scale, shape, PRE)
            + np.sqrt(_own(shape)) * own
        )
        return found

    def _family(self, voice: str, factor: str) -> Floats | float:
        if not factor:
            return 0.0
        if factor not in self._families:
            drawn = self.chance.of("family", factor).standard_normal(self.people.count("pupil"))
            self._families[factor] = drawn
        found = self._families[factor]
        return found if voice == "pupil" else found[self.people.pupil_of_adult]

    def _groups(self, voice: str, scale: str, shape: Shape, part: str) -> Floats:
        """What the classes and the schools share."""
        classes = self.people.class_of(voice)
        schools = np.where(classes < 0, -1, self.people.school_of_class[classes])
        of_class = _centred(classes, self.chance.of(voice, scale, part, "class"))
        of_school = _centred(schools, self.chance.of(voice, scale, part, "school"))
        found: Floats = np.sqrt(shape.in_class) * of_class + np.sqrt(shape.in_school) * of_school
        return found

    def after(
        self,
        voice: str,
        before: Mapping[str, Floats],
        holds: Mapping[str, Bools],
        slopes: Mapping[str, float],
    ) -> dict[str, Floats]:
        """Factors afterwards.

        Args:
            voice: pupil, adult or staff.
            before: what `before` gave.
            holds: {term of an effect: for whom it holds}.
            slopes: {scale: its points per standard deviation afterwards}, which turn points into effects.
        """
        number = self.people.count(voice)
        blocks = {one.block for one in _of(voice).values()}
        new = {one: self.chance.of(voice, "new", one).standard_normal(number) for one in sorted(blocks)}
        return {
            scale: self._after(voice, scale, before, new, _lifted(voice, scale, holds, slopes[scale]))
            for scale in before
        }

    def _after(
        self,
        voice: str,
        scale: str,
        before: Mapping[str, Floats],
        new: Mapping[str, Floats],
        lifted: Floats | float,
    ) -> Floats:
        shape = _of(voice)[scale]
        path, support = shape.support_path, before.get(shape.support, np.zeros(1))
        alike = correlation(voice, scale, shape.support) if path else 0.0
        stays = shape.pre_post - path * alike
        told = stays**2 + path**2 + 2 * stays * path * alike
        grouped = (1 - shape.pre_post**2) * (shape.in_class + shape.in_school)
        rest = 1 - told - grouped - np.var(lifted)
        own = self.chance.of(voice, scale, POST, "own").standard_normal(self.people.count(voice))
        loading = shape.block_loading
        fresh = loading * new[shape.block] + np.sqrt(1 - loading**2) * own
        groups = np.sqrt(1 - shape.pre_post**2) * self._groups(voice, scale, shape, POST)
        found: Floats = stays * before[scale] + path * support + lifted + groups + np.sqrt(rest) * fresh
        return found


def correlation(voice: str, scale: str, other: str) -> float:
    """Correlation of the factors of two scales of one person before."""
    one, two = _of(voice)[scale], _of(voice)[other]
    block = one.block_loading * two.block_loading if one.block == two.block else 0.0
    same = one.family_factor and one.family_factor == two.family_factor
    return block + (one.family_loading * two.family_loading if same else 0.0)


def _of(voice: str) -> dict[str, Shape]:
    return {scale: one for (of, scale), one in shapes().items() if of == voice}


def _own(shape: Shape) -> float:
    """The variance that is left for the person."""
    return 1 - shape.block_loading**2 - shape.family_loading**2 - shape.in_class - shape.in_school


def _centred(groups: Ints, chance: np.random.Generator) -> Floats:
    """A standard normal value for each group, less their mean over the people; nought for who is in no group."""
    drawn = chance.standard_normal(int(groups.max(initial=-1)) + 1)
    found = np.where(groups < 0, 0.0, np.append(drawn, 0.0)[groups])
    inside = groups >= 0
    return np.where(inside, found - (found[inside].mean() if inside.any() else 0.0), 0.0)


def _lifted(voice: str, scale: str, holds: Mapping[str, Bools], slope: float) -> Floats | float:
    """The effects of each person in standard deviations, centred."""
    found = [one for one in effects() if (one.voice, one.scale) == (voice, scale)]
    if not found:
        return 0.0
    together = sum(one.points / slope * np.prod([holds[term] for term in one.terms], axis=0) for one in found)
    return np.asarray(together - np.mean(together))
