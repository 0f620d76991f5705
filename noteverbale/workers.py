"""Who does the tasks: the processes of this machine, or a cluster.

::

    ingest.errors.NoteVerbaleError
    └── WorkersUnavailable     there are none; what was to be read waits
    WorkerDied                 what a task's future raises when its worker died over it
    WorkerLost                 what it raises when the worker went away, whatever the task was
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from ingest.errors import NoteVerbaleError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from noteverbale.tasks import Done

How = Literal["crashed", "killed", "hung"]


class WorkersUnavailable(NoteVerbaleError):  # noqa: N818 - says what is so
    """No worker can be started or reached; what was to be read waits."""

    reason = "no_workers"


class WorkerDied(Exception):  # noqa: N818 - says what is so
    """The process died that had this task, and no other, in hand.

    ``how``: it crashed; the kernel killed it, as it does for want of memory, which says nothing
    about the document; or it was ended because it had far more than its time.
    """

    def __init__(self, how: How) -> None:
        super().__init__(how)
        self.how = how


class WorkerLost(Exception):  # noqa: N818 - says what is so
    """The machine with the task went away, or the way to it; perhaps for other tasks' sake."""


@dataclass(frozen=True, slots=True)
class About:
    """A task in a few words, without anything of what is in a document.

    ``small``: it takes less than a tenth of a page, and may travel with others.
    """

    text: str = ""
    small: bool = False


NOTHING = About()


@dataclass(frozen=True, slots=True)
class Seen:
    """A worker: its name, the tasks it does at once, what it does, and when it answered last.

    ``since`` and ``answered`` are seconds since 1970; ``answered`` is 0 before its first answer.
    """

    name: str
    at_once: int
    since: float
    answered: float
    doing: tuple[str, ...]


class Workers(Protocol):
    """Tasks in, futures out; the same for the processes of one machine and for a cluster."""

    @property
    def place(self) -> str:
        """Where they are: this machine, or the scheduler's address."""

    @property
    def at_once(self) -> int:
        """Tasks that can be done at the same time, at least 1; it may change."""

    def submit(
        self,
        call: Callable[..., object],
        arguments: tuple[object, ...],
        limit_s: float,
        about: About = NOTHING,
    ) -> Future[Done]:
        """The task on its way, at the latest with the next ``send``.

        Args:
            call: a function of a module, by whose name the worker finds it.
            arguments: values that can be pickled; a ``tasks.Original`` is where the worker has it.
            limit_s: seconds by the worker's wall clock after which it counts as hung.
            about: what it is, for whoever asks what the workers do.

        Returns:
            A future; besides what ``call`` raises it may raise ``WorkerDied`` or ``WorkerLost``.

        Raises:
            WorkersUnavailable: there is nobody to do it.
            OSError: no further worker could be started.
        """

    def send(self) -> None:
        """Nothing more comes for now: small tasks that wait for company go."""

    def seen(self) -> tuple[Seen, ...]:
        """The workers there are, and what they do now."""

    def close(self) -> None:
        """Waits for the tasks in hand; the next task finds new workers."""
