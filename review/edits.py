"""What each button does: from the fields of its form to one call of the store."""

from __future__ import annotations

from collections.abc import Callable

from review.forms import number
from review.pages import Context
from store.errors import EditRefused, EditStale
from store.fields import AS_PRINTED
from store.review import delegate_edits, mission_answers, note_edits, postponed
from store.review import reply as review_reply
from store.review.undo import Done

Action = Callable[[Context, int, dict[str, str]], Done]
"""Does it to a delegate or a document, given its id and the values that the form has."""


def _save(status: str | None) -> Action:
    def save(context: Context, row: int, values: dict[str, str]) -> Done:
        given = {} if status == "rejected" else values
        return delegate_edits.save_delegate(
            context.store, context.session.who, row, context.form.get("version", ""), given, status
        )

    return save


def _add(context: Context, document: int, values: dict[str, str]) -> Done:
    del values
    given = {field: context.form[field] for field in AS_PRINTED if field in context.form}
    after = context.form.get("after")
    return delegate_edits.add_delegate(
        context.store, context.session.who, document, given, number(after) if after else None
    )


def _remove(context: Context, row: int, values: dict[str, str]) -> Done:
    del values
    return delegate_edits.remove_delegate(
        context.store, context.session.who, row, context.form.get("version", "")
    )


def _split(context: Context, row: int, values: dict[str, str]) -> Done:
    del values
    return delegate_edits.split_delegate(
        context.store, context.session.who, row, context.form.get("version", "")
    )


def _merge(context: Context, row: int, values: dict[str, str]) -> Done:
    del values
    form = context.form
    if not form.get("above"):
        raise EditRefused("there is no delegate above this one")
    return delegate_edits.merge_delegates(
        context.store,
        context.session.who,
        row,
        form.get("version", ""),
        number(form["above"]),
        form.get("above_version", ""),
    )


def _move(*, up: bool) -> Action:
    def move(context: Context, row: int, values: dict[str, str]) -> Done:
        del values
        order = context.form.get("order", "")
        return delegate_edits.move_delegate(context.store, context.session.who, row, order, up=up)

    return move


def _swap(context: Context, row: int, values: dict[str, str]) -> Done:
    del values
    other, _, other_version = context.form.get("other", "").partition(":")
    if not other:
        raise EditRefused("choose who gets the address")
    return delegate_edits.swap_address(
        context.store,
        context.session.who,
        row,
        context.form.get("version", ""),
        number(other),
        other_version,
    )


def _current(*, current: bool) -> Action:
    def set_current(context: Context, row: int, values: dict[str, str]) -> Done:
        del values
        return delegate_edits.set_current(
            context.store,
            context.session.who,
            row,
            context.form.get("version", ""),
            current=current,
        )

    return set_current


def _save_note(context: Context, document: int, values: dict[str, str]) -> Done:
    return note_edits.save_note(
        context.store,
        context.session.who,
        document,
        context.form.get("version", ""),
        _dated(context, values),
    )


def _confirm(context: Context, document: int, values: dict[str, str]) -> Done:
    return note_edits.confirm(
        context.store,
        context.session.who,
        document,
        context.form.get("version", ""),
        _dated(context, values),
    )


def _dated(context: Context, values: dict[str, str]) -> dict[str, str]:
    """The values with the note's date as it is stored, however it was typed.

    Raises:
        EditRefused: it is no date, or one that may be two days.
    """
    typed = values.get("note_date", "").strip()
    if not typed:
        return values
    days = context.desk.days(typed)
    if not days:
        raise EditRefused(f"“{typed}” is no date; write 3 May 2019 or 2019-05-03", "note_date")
    if len(days) > 1:
        said = f"“{typed}” may be {' or '.join(days)}; choose one"
        raise EditRefused(said, "note_date", days)
    return {**values, "note_date": days[0]}


def _later(context: Context, document: int, values: dict[str, str]) -> Done:
    del values
    until, who = context.form.get("until", ""), context.session.who
    back = postponed.put_off(context.store, document, who, until)
    label = f"put off until {until}; the reply stands at the end of the queue"
    return Done(label, who, document, back=back)


def _take_up(context: Context, document: int, values: dict[str, str]) -> Done:
    del values
    who = context.session.who
    back = postponed.take_up(context.store, document, who)
    return Done("taken up again", who, document, back=back)


def _by_hand(context: Context, document: int, values: dict[str, str]) -> Done:
    return note_edits.by_hand(
        context.store,
        context.session.who,
        document,
        context.form.get("version", ""),
        _dated(context, values),
    )


def _nobody(context: Context, document: int, values: dict[str, str]) -> Done:
    del values
    who, form = context.session.who, context.form
    with context.store.writing(who):
        _same_as_shown(context, document)
        return note_edits.no_delegates(
            context.store,
            who,
            document,
            form.get("version", ""),
            form.get("nobody_kind") or None,
            reject_rows=form.get("reject_rows") == "1",
        )


def _rest(context: Context, document: int, values: dict[str, str]) -> Done:
    """Every delegate of the reply of whom nothing is doubtful, as it was shown."""
    del values
    store, who = context.store, context.session.who
    with store.writing(who):
        _same_as_shown(context, document)
        certain = review_reply.certain_rows(store, document)
        return delegate_edits.accept_certain(store, who, certain)


def _apart(context: Context, document: int, values: dict[str, str]) -> Done:
    del values
    return note_edits.is_no_copy(
        context.store, context.session.who, document, context.form.get("version", "")
    )


def _same_as_shown(context: Context, document: int) -> None:
    """What concerns all delegates must not undo what somebody did to one of them meanwhile."""
    if context.form.get("stamp") != review_reply.stamp(context.store, document):
        raise EditStale("Somebody else has changed this reply meanwhile.", ("documents", document))


def _relation(context: Context, document: int, values: dict[str, str]) -> Done:
    del values
    form = context.form
    other, mode = number(form.get("other") or None), form.get("relation", "")
    who, version = context.session.who, form.get("version", "")
    if mode == "duplicate":
        with context.store.writing(who):
            _same_as_shown(context, document)
            return note_edits.is_duplicate_of(context.store, who, document, version, other)
    return note_edits.is_revision_of(context.store, who, document, version, other, mode)


def _ask_mission(context: Context, document: int, values: dict[str, str]) -> Done:
    """A draft that has the mission confirm what is on the list."""
    del values
    after = context.desk.confirm
    if after is None:
        raise EditRefused("drafts to missions are not configured: see drafts.confirm")
    return mission_answers.ask(context.store, context.session.who, document, after)


def _judge(verdict: str) -> Action:
    def judge(context: Context, document: int, values: dict[str, str]) -> Done:
        del values
        answer, who = number(context.form.get("answer")), context.session.who
        return mission_answers.judge(context.store, who, document, answer, verdict)

    return judge


ON_DELEGATE: dict[str, Action] = {
    "accept": _save("approved"),
    "reject": _save("rejected"),
    "reopen": _save("new"),
    "save": _save(None),
    "remove": _remove,
    "split": _split,
    "merge": _merge,
    "up": _move(up=True),
    "down": _move(up=False),
    "swap": _swap,
    "stays": _current(current=True),
    "goes": _current(current=False),
}

ON_NOTE: dict[str, Action] = {
    "save": _save_note,
    "confirm": _confirm,
    "rest": _rest,
    "by_hand": _by_hand,
    "add": _add,
    "nobody": _nobody,
    "relation": _relation,
    "apart": _apart,
    "later": _later,
    "take_up": _take_up,
    "ask_mission": _ask_mission,
    "confirmed": _judge("confirmed"),
    "errors": _judge("errors"),
}
