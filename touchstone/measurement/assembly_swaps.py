"""组卷调平: which swaps bring a form's information to the target without breaking a demand?

All single swaps of a form are points in the space of information; the best pair of swaps is a nearest neighbour of what is still missing. A tree
finds it among millions of pairs in milliseconds.
"""

from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from touchstone.measurement.assembly import Demand, Pool

_NEAR, _PARTNERS = 6, 400
_IDLE_ROUNDS = 60


class Swapper:
    """Forms under way: what stands where, what is free, what may stand for what."""

    def __init__(self, pool: "Pool", demand: "Demand", forms: NDArray[np.int64], target: NDArray[np.float64], seed: int) -> None:
        self.pool, self.demand, self.target = pool, demand, target
        self.forms = forms.copy()
        self.rounds = 0
        self.chance = np.random.default_rng(seed)
        self.free = np.ones(len(pool), bool) if demand.most_used is None else pool.used <= demand.most_used
        self.times = np.zeros(len(pool), int)
        np.add.at(self.times, self.forms.ravel(), 1)
        self.peers = self._peers()
        self.enemies: dict[int, set[int]] = {}
        for one, other in pool.enemies:
            self.enemies.setdefault(one, set()).add(other)
            self.enemies.setdefault(other, set()).add(one)

    def _peers(self) -> dict[tuple[str, ...], NDArray[np.int64]]:
        """Questions alike in every counted dimension: one may stand for another."""
        keys: dict[tuple[str, ...], list[int]] = {}
        for question in np.nonzero(self.free)[0]:
            keys.setdefault(self._key(int(question)), []).append(int(question))
        return {key: np.array(found) for key, found in keys.items()}

    def _key(self, question: int) -> tuple[str, ...]:
        return tuple(self.pool.marks[dimension][question] for dimension in sorted(self.demand.counts))

    def level(self, *, until: float, enough: float, rounds: int | None = None) -> NDArray[np.int64]:
        """This method will swap until no form is further than `enough` from the target, nothing helps any more, the moment `until`,
        or as many `rounds` are over; `self.rounds` counts them."""
        idle = 0
        while idle < _IDLE_ROUNDS and perf_counter() < until and (rounds is None or self.rounds < rounds):
            gaps = np.abs(self._missing()).max(axis=1)
            if gaps.max() <= enough:
                break
            worst = int(gaps.argmax())
            if idle:
                worst = int(self.chance.choice(np.argsort(gaps)[-3:]))
            self.rounds += 1
            idle = 0 if self._improve(worst, float(gaps[worst])) else idle + 1
        return np.sort(self.forms, axis=1)

    def _missing(self) -> NDArray[np.float64]:
        return np.asarray(self.target - self.pool.information[self.forms].sum(axis=1))

    def _improve(self, form: int, gap: float) -> bool:
        """Take the best swap or pair of swaps that bring this form nearer than `gap`; a few random swaps are laid before the pair, so that three at
        once are tried too."""
        missing = self.target - self.pool.information[self.forms[form]].sum(axis=0)
        places, incoming, moves = self._swaps(form)
        if not len(places):
            return False
        base: list[tuple[NDArray[np.float64], tuple[int, ...]]] = [(missing, ())]
        for first in self.chance.choice(len(places), size=min(3, len(places)), replace=False):
            base.append((missing - moves[first], (int(first),)))
        tree = cKDTree(moves)
        best, found = gap * (1 - 1e-9), tuple[int, ...]()
        for short, done in base:
            for near, which in self._candidates(tree, moves, short):
                swaps = (*done, *which)
                if near < best and self._allowed(form, places, incoming, swaps):
                    best, found = near, swaps
                    break
        for swap in found:
            self._take(form, int(places[swap]), int(incoming[swap]))
        return bool(found)

    def _swaps(self, form: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Every single swap of a form that keeps the counts: place in the form, question to come in, change of information."""
        places, incoming = [], []
        for place, question in enumerate(self.forms[form].tolist()):
            peers = self.peers.get(self._key(question), np.array([], int))
            fits = peers[(self.times[peers] == 0) | (self.demand.most_common > 0)]
            fits = fits[~np.isin(fits, self.forms[form])]
            places.append(np.full(len(fits), place))
            incoming.append(fits)
        where, which = np.concatenate(places), np.concatenate(incoming)
        moves = self.pool.information[which] - self.pool.information[self.forms[form][where]]
        return where, which, moves

    def _candidates(self, tree: cKDTree, moves: NDArray[np.float64], missing: NDArray[np.float64]) -> Iterator[tuple[float, tuple[int, ...]]]:
        """Single swaps and pairs that come near to what is missing, nearest first (largest gap over the abilities)."""
        _, single = tree.query(missing, k=min(_NEAR, len(moves)), p=np.inf)
        options: list[tuple[float, tuple[int, ...]]] = [(float(np.abs(missing - moves[s]).max()), (int(s),)) for s in np.atleast_1d(single)]
        distances, partners = tree.query(missing - moves, k=min(_NEAR, len(moves)), p=np.inf)
        distances, partners = distances.reshape(len(moves), -1), partners.reshape(len(moves), -1)
        flat = np.argsort(distances, axis=None)[:_PARTNERS]
        for at in flat:
            one, rank = divmod(int(at), distances.shape[1])
            options.append((float(distances[one, rank]), (one, int(partners[one, rank]))))
        return iter(sorted(options))

    def _allowed(self, form: int, places: NDArray[np.int64], incoming: NDArray[np.int64], swaps: tuple[int, ...]) -> bool:
        """Whether the form after these swaps still meets every demand that counting alike does not settle."""
        if len({int(places[s]) for s in swaps}) < len(swaps) or len({int(incoming[s]) for s in swaps}) < len(swaps):
            return False
        after = self.forms[form].copy()
        after[places[list(swaps)]] = incoming[list(swaps)]
        held = set(after.tolist())
        if any(self.enemies.get(int(incoming[s]), set()) & held for s in swaps):
            return False
        for dimension, most in self.demand.at_most.items():
            for s in swaps:
                value = self.pool.marks[dimension][int(incoming[s])]
                if sum(self.pool.marks[dimension][q] == value for q in held) > most:
                    return False
        if self.demand.difficulty is not None:
            low, high = self.demand.difficulty
            if not low <= float(self.pool.difficulty[after].mean()) <= high:
                return False
        if self.demand.most_common:
            return all(len(held & set(other.tolist())) <= self.demand.most_common for n, other in enumerate(self.forms) if n != form)
        return True

    def _take(self, form: int, place: int, question: int) -> None:
        self.times[self.forms[form, place]] -= 1
        self.times[question] += 1
        self.forms[form, place] = question
