"""What templates are given is frozen and explained, field by field."""

import dataclasses
import typing

import pytest

from amends.desk import contexts, samples

VIEWS = [getattr(contexts, name) for name in contexts.__all__] + [samples.PatternsPage]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_context_is_frozen_and_every_field_says_what_it_is(view: type) -> None:
    assert dataclasses.is_dataclass(view)
    assert view.__dataclass_params__.frozen  # type: ignore[attr-defined]  # set by the decorator
    hints = typing.get_type_hints(view, include_extras=True)
    for field in dataclasses.fields(view):
        helps = [extra for extra in getattr(hints[field.name], "__metadata__", ()) if isinstance(extra, str)]
        assert len(helps) == 1, f"{view.__name__}.{field.name} has no help"
        assert helps[0].endswith("."), f"{view.__name__}.{field.name}: help is a sentence"
