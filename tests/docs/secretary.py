"""A secretary who walks docs/last-week.md: what is typed, what is clicked, and all that is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect

from tests.docs.walk import ROOT, Block, Walker, blocks
from tests.store.replies import MEETING

DOCUMENT = ROOT / "docs" / "last-week.md"


@dataclass
class Walk:
    """Where the secretary stands, and everything read on the way, by step."""

    walker: Walker
    read: dict[int, list[str]] = field(default_factory=dict)
    step: int = 0
    rest: list[Block] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    def go(self, number: int) -> None:
        """The next step of the document; the one before has been done whole."""
        assert number == self.step + 1
        assert not self.rest, f"step {self.step} has more to do: {self.rest[0].body}"
        assert self.words == self.used, f"step {self.step}: {self.words ^ self.used}"
        text = DOCUMENT.read_text(encoding="utf-8")
        section = text.split(f"\n## {number}. ")[1].split("\n## ")[0]
        self.step, self.rest = number, [b for b in blocks(section) if b.kind == "sh"]
        self.words, self.used = set(re.findall(r"\*\*(.+?)\*\*", section)), set()
        self.read[number] = []

    def word(self, word: str) -> str:
        """A link or button, which the document names in this step."""
        assert word in self.words, f"step {self.step} does not name {word}"
        self.used.add(word)
        return word.removesuffix(" …")

    def type(self) -> str:
        """The next block of commands of this step; what they print."""
        block = self.rest.pop(0)
        printed: list[str] = []
        for n, command in enumerate(block.lines, 1):
            code, said = self.walker.type(command)
            wanted = block.code if n == len(block.lines) else 0
            assert code == wanted, f"{command}\n" + "\n".join(said)
            printed += said
        return self.see("\n".join(printed))

    def see(self, text: str) -> str:
        """Read it."""
        self.read[self.step].append(text)
        return text

    def asks(self) -> str:
        """What an export that must be complete says at this moment, at whichever step."""
        command = f'noteverbale export --meeting "{MEETING}" --complete --format csv'
        code, said = self.walker.type(command)
        text = "\n".join(said)
        assert (code == 1) == ("nothing was written" in text)
        return text

    def named(self, step: int, *words: str) -> None:
        """All of this stood in one line, or one row, of what was read in that step."""
        lines = [" ".join(line.split()) for text in self.read[step] for line in text.splitlines()]
        assert any(all(word in line for word in words) for line in lines), (step, words)


class Desk:
    """The review page in a browser; its pages are opened by the document's words for them."""

    def __init__(self, walk: Walk, page: Page) -> None:
        self.walk, self.page = walk, page
        self.home = page.url.removesuffix("/queue")

    def open(self, word: str) -> None:
        """A page, by its link at the top."""
        name = self.walk.word(word)
        self.page.get_by_role("navigation", name="Pages").get_by_role("link", name=name).click()
        self.read()

    def press(self, word: str, row: str) -> None:
        """A button that stands in a row of a list, or with a file."""
        name = self.walk.word(word)
        place = self.page.locator("tr, .notice", has_text=row).get_by_role("button", name=name)
        place.first.click()

    def read(self) -> None:
        """What the page shows, a row of a table a line."""
        self.page.wait_for_load_state("load")
        rows = self.page.locator("main").evaluate(
            "main => [...main.querySelectorAll('tr, p, li, dt, h1, h2, a')]"
            ".map(e => e.innerText.replace(/\\s+/g, ' ')).join('\\n')"
        )
        self.walk.see(rows)

    def tabs(self) -> list[str]:
        """The addresses of the queue's tabs, the meetings and the replies to none."""
        return [
            f"{self.home}{tab.get_attribute('href')}"
            for tab in self.page.locator("nav.tabs a").all()
        ]

    def reply(self, filename: str) -> None:
        """A reply of the queue, by its file."""
        self.page.goto(f"{self.home}/queue")
        for tab in self.tabs():
            self.page.goto(tab)
            row = self.page.locator("tbody tr", has_text=filename)
            if row.count():
                row.get_by_role("link").first.click()
                expect(self.page.locator(".card.active, #note.active")).to_have_count(1)
                self.read()
                return
        raise AssertionError(f"{filename} is not in the queue")

    def accept(self, *names: str) -> None:
        """Accept these delegates of the reply that is open."""
        for name in names:
            card = self.page.locator(
                ".card.delegate", has=self.page.get_by_role("heading", name=name)
            )
            self.page.evaluate("document.querySelector('#said').textContent = ''")
            card.click(position={"x": 5, "y": 5})  # its buttons show when it is in hand
            card.get_by_role("button", name="Accept").click()
            expect(self.page.locator("#said")).to_contain_text("ccepted")

    def reject(self, name: str) -> None:
        """Reject a delegate of the reply that is open."""
        card = self.page.locator(".card.delegate", has=self.page.get_by_role("heading", name=name))
        card.click(position={"x": 5, "y": 5})
        self.page.keyboard.press("x")
        self.said("Rejected.")

    def note(self, **values: str) -> None:
        """Set facts of the note, and confirm the reply."""
        self.page.keyboard.press("c")
        for fact, value in values.items():
            self.page.locator(f"#note-{fact}").select_option(value)
        self.page.locator("#note button[value=confirm]").click()
        self.said("Reply confirmed.")

    def said(self, words: str) -> None:
        """Wait for what the page says."""
        expect(self.page.locator("#said")).to_have_text(words)
