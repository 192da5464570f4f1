"""Who is asked in a simulated year, as plain numbers: pupils in classes in schools, their adults, their teachers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Words = NDArray[np.str_]
TRACKS = ("BB", "BB", "KB", "KB", "GL", "TL")
BORN = {"both_here": 0.3, "one_abroad": 0.15, "both_abroad": 0.52, "unknown": 0.01, "rather_not": 0.02}
"""Where parents were born; 70 % of pupils with a migration background: City Deal (2017), table 1; the rest is ours."""
BONDS = {"mother": 0.62, "father": 0.32, "other": 0.06}


@dataclass(frozen=True)
class People:
    """The people, each by its place.

    Attributes:
        school_of_class: shape (classes,).
        year_group: 1 … 4, shape (classes,).
        track: BB, KB, GL or TL, shape (classes,).
        class_of_pupil: shape (pupils,).
        origin: a code of the question where parents were born, shape (pupils,).
        pupil_of_adult: shape (adults,).
        bond: a code of the question who the adult is, shape (adults,).
        class_of_teacher: shape (teachers,); -1 has no class.
    """

    school_of_class: Ints
    year_group: Ints
    track: Words
    class_of_pupil: Ints
    origin: Words
    pupil_of_adult: Ints
    bond: Words
    class_of_teacher: Ints

    def count(self, voice: str) -> int:
        """How many there are of a voice."""
        return len(
            {"pupil": self.class_of_pupil, "adult": self.pupil_of_adult}.get(voice, self.class_of_teacher)
        )

    def class_of(self, voice: str) -> Ints:
        """The class of each person of a voice; -1 where there is none."""
        if voice == "adult":
            return self.class_of_pupil[self.pupil_of_adult]
        return self.class_of_pupil if voice == "pupil" else self.class_of_teacher


def make_people(
    *, seed: int, schools: int = 1, pupils: int = 600, adults: int = 700, teachers: int = 40
) -> People:
    """Invent people: each school has 24 classes, in four year groups with six tracks.

    Args:
        seed: the same seed gives the same people.
        schools: how many.
        pupils: in each school.
        adults: in each school; every pupil has one before any has two.
        teachers: in each school; the first 24 are mentors of a class.

    Raises:
        ValueError: fewer pupils than classes, or more than four adults for a pupil.
    """
    classes = 4 * len(TRACKS)
    if pupils < classes or adults > 4 * pupils or schools < 1:
        raise ValueError(
            "a school needs a pupil in each of its 24 classes, and at most four adults for a pupil"
        )
    chance = np.random.default_rng(seed)
    first = np.arange(schools)[:, None]
    in_class = first * classes + np.arange(pupils) % classes
    mentor = np.where(np.arange(teachers) < classes, first * classes + np.arange(teachers), -1)
    about = [number * pupils + _about(pupils, adults, chance) for number in range(schools)]
    return People(
        school_of_class=np.repeat(np.arange(schools), classes),
        year_group=np.tile(np.repeat(np.arange(1, 5), len(TRACKS)), schools),
        track=np.tile(np.array(TRACKS), 4 * schools),
        class_of_pupil=in_class.ravel(),
        origin=chance.choice(list(BORN), schools * pupils, p=list(BORN.values())),
        pupil_of_adult=np.concatenate(about),
        bond=chance.choice(list(BONDS), schools * adults, p=list(BONDS.values())),
        class_of_teacher=mentor.ravel(),
    )


def _about(pupils: int, adults: int, chance: np.random.Generator) -> Ints:
    """About which pupil each adult is asked: first one adult for every pupil, then a second one."""
    rounds = -(-adults // pupils)
    return np.concatenate([chance.permutation(pupils) for _ in range(rounds)])[:adults]
