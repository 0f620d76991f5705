"""What every MessageSource promises, run against each real source."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace

import pytest

from ingest.types import MessageSource

MESSAGES = tuple(
    f"From: mission{n}@example.org\r\nSubject: Reply {n}\r\nMessage-ID: <{n}@example.org>\r\n"
    f"\r\nBody {n}, caf\u00e9\r\n".encode()
    for n in range(3)
)


class Filled(ABC):
    """A source that holds `MESSAGES`, and a way to take one away behind its back."""

    source: MessageSource

    @abstractmethod
    def remove(self, index: int) -> None:
        """Removes the message with this index from the place itself."""

    @abstractmethod
    def snapshot(self) -> object:
        """The state of the place, to show that reading left it alone."""


class MessageSourceContract:
    """Subclasses provide the fixture ``filled``."""

    @pytest.fixture
    def filled(self) -> Filled:
        raise NotImplementedError

    def test_keys_are_unique_and_the_same_each_time(self, filled: Filled) -> None:
        keys = filled.source.keys()
        assert len(keys) == len(set(keys)) == len(MESSAGES)
        assert filled.source.keys() == keys

    def test_items_are_the_untouched_bytes_in_the_order_asked_for(self, filled: Filled) -> None:
        keys = filled.source.keys()
        items = list(filled.source.items(keys))
        assert [item.key for item in items] == list(keys)
        assert sorted(item.data for item in items) == sorted(MESSAGES)
        assert {item.kind for item in items} == {"message"}
        backwards = list(filled.source.items(keys[::-1]))
        assert [item.data for item in backwards] == [item.data for item in items[::-1]]

    def test_only_what_is_asked_for_is_read(self, filled: Filled) -> None:
        keys = filled.source.keys()
        assert [item.key for item in filled.source.items(keys[1:2])] == [keys[1]]
        assert list(filled.source.items(())) == []

    def test_what_vanished_is_left_out_and_named(self, filled: Filled) -> None:
        keys = filled.source.keys()
        before = {item.key: item.data for item in filled.source.items(keys)}
        gone = next(key for key, data in before.items() if data == MESSAGES[1])
        filled.remove(1)
        after = {item.key: item.data for item in filled.source.items(keys)}
        assert after == {key: data for key, data in before.items() if key != gone}
        assert [(p.key, p.reason) for p in filled.source.passed_over()] == [(gone, "vanished")]
        assert gone not in set(filled.source.keys())

    def test_a_key_that_never_existed_is_left_out(self, filled: Filled) -> None:
        key = replace(filled.source.keys()[0], uid=4_000_000)
        assert list(filled.source.items((key,))) == []
        assert [passed.key for passed in filled.source.passed_over()] == [key]

    def test_reading_changes_nothing(self, filled: Filled) -> None:
        before = filled.snapshot()
        list(filled.source.items(filled.source.keys()))
        filled.source.close()
        assert filled.snapshot() == before

    def test_closing_twice_is_fine_and_keys_open_again(self, filled: Filled) -> None:
        filled.source.keys()
        filled.source.close()
        filled.source.close()
        assert len(filled.source.keys()) == len(MESSAGES)
        filled.source.close()
