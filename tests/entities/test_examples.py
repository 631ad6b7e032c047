"""Every room against its own examples.txt: marked lines are found as marked, unmarked stretches stay empty."""

from __future__ import annotations

from pathlib import Path

import pytest

import oncospan.entities
from oncospan.files.marked import Example, read_examples
from oncospan.model import Article
from oncospan.pipeline import default_pipeline

ROOMS = Path(oncospan.entities.__file__).parent
LABELS = {"drug": "DRUG", "percentage": "PERCENT", "date": "DATE", "mutation": "MUTATION"}
CASES = [
    pytest.param(LABELS[path.parent.name], example, id=f"{path.parent.name}:{example.line}")
    for path in sorted(ROOMS.glob("*/examples.txt"))
    for example in read_examples(path.read_text(encoding="utf-8"), str(path))
]


@pytest.mark.parametrize(("label", "example"), CASES)
def test_room_reads_its_example(label: str, example: Example) -> None:
    extraction = default_pipeline().read(Article("example", example.text, published=example.published))

    found = [(m.start, m.end, m.describe()) for m in extraction.mentions if m.label == label]

    assert found == [(mark.start, mark.end, mark.norm) for mark in example.marks if mark.label == label]


def test_every_room_has_examples() -> None:
    counts = {room: sum(case.values[0] == label for case in CASES) for room, label in LABELS.items()}

    assert min(counts.values()) >= 40, counts
