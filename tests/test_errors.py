"""An error of ours is one line, and stays whole on its way out of a worker process."""

from __future__ import annotations

import pickle

from oncospan.errors import InputError


def test_error_is_one_line_with_place_and_remedy() -> None:
    error = InputError("the file\nis empty", path="a.txt", line=3, remedy="fill it")

    assert str(error) == "a.txt:3: the file is empty; fill it"
    assert str(InputError("wrong")) == "wrong"


def test_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(InputError("wrong", path="a.txt", line=3, remedy="fix")))  # noqa: S301 - our own

    assert str(error) == "a.txt:3: wrong; fix"
    assert isinstance(error, InputError)
