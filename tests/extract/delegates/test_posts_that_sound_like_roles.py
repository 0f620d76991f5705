"""``Adviser``, ``Member``, ``Representative``: posts where nothing else is said of somebody."""

from __future__ import annotations

import pytest

from tests.extract.delegates.test_delegates import HEAD, _rows


def _posts(text: str) -> list[str | None]:
    return [row[2] for row in _rows(HEAD + text)]


@pytest.mark.parametrize("post", ["Adviser", "Member", "Representative", "Observer"])
def test_a_word_that_may_be_a_role_is_the_post_of_whom_nothing_else_is_said(post: str) -> None:
    text = f"\n1. Mr. Tobin WEXLER, {post}\n2. Ms. Aleen BRIGHT, Judge, a.bright@example.org\n"
    assert _posts(text) == [post, "Judge"]


def test_a_label_of_posts_has_posts_even_if_all_sound_like_roles() -> None:
    text = "\nName: Mr. Tobin WEXLER\nTitle: Member\n\nName: Ms. Aleen BRIGHT\nTitle: Member\n"
    assert _posts(text) == ["Member", "Member"]


def test_beside_a_label_of_posts_another_is_of_roles() -> None:
    people = (("Tobin WEXLER", "Judge"), ("Aleen BRIGHT", "Prosecutor"))
    text = "\n".join(
        f"\nName: Ms. {name}\nPosition: {post}\nFunction: Member" for name, post in people
    )
    assert _posts(f"{text}\n") == ["Judge", "Prosecutor"]


def test_two_words_of_one_rank_may_have_a_dash_between_them() -> None:
    text = "\n1. Mr. Tobin WEXLER, Minister - Counsellor\n2. Ms. Aleen BRIGHT, Judge\n"
    assert _posts(text) == ["Minister - Counsellor", "Judge"]


def test_a_post_with_a_full_stop_behind_it_leads_to_nobody() -> None:
    text = (
        "\n1. Mr. Tobin WEXLER, Ambassador. Permanent Representative, t.wexler@example.org\n"
        "2. Ms. Aleen BRIGHT, Judge, a.bright@example.org\n"
    )
    assert [row[1] for row in _rows(HEAD + text)] == ["Tobin WEXLER", "Aleen BRIGHT"]
