"""The list of errors: what was missed, spurious, misplaced or misread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from oncospan.evaluation.align import Pair
from oncospan.model import Mention

Kind = Literal["missed", "spurious", "misplaced", "misread"]


class Error(NamedTuple):
    """One disagreement with the gold.

    Args:
        kind: `missed` (gold alone), `spurious` (found alone), `misplaced` (other span), `misread` (same span,
            other value).
        gold: the gold mention, if any.
        found: the run's mention, if any.
    """

    kind: Kind
    gold: Mention | None
    found: Mention | None

    @property
    def mention(self) -> Mention:
        """The mention that places the error: the gold one where there is one."""
        mention = self.gold or self.found
        assert mention is not None  # noqa: S101 - an error holds at least one mention
        return mention


def find_errors(pairs: Iterable[Pair]) -> Iterator[Error]:
    """Yield every error of aligned mentions, in their order."""
    for gold, found in pairs:
        if gold is None:
            yield Error("spurious", gold, found)
        elif found is None:
            yield Error("missed", gold, found)
        elif gold.span != found.span:
            yield Error("misplaced", gold, found)
        elif not Pair(gold, found).value:
            yield Error("misread", gold, found)
