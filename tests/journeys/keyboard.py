"""A clerk who only has the keyboard, in a real Chromium, and how many strokes a job took.

    def test_a_guest_is_checked_in(day: Day, at_desk: AtDesk) -> None:
        clerk = at_desk()                          # Li, front-desk agent, on / in the test's `language`
        clerk.press("/").type("whi").press("Enter")
        expect(clerk.page.locator("h1")).to_contain_text("Whitfield")
        clerk.press("Control+Enter")
        assert clerk.strokes <= 7
        clerk.no_mixed_language()
        clerk.axe_clean()

`press("j", "Enter")` is a stroke each, a combination such as `Control+Enter` is one; `type("whi")` counts every letter;
`scan(lines)` is what a reader types by itself and counts as one, the document laid on it. `page` is for looking
(`expect`), never for clicking or filling: a pointer fails the test, as do errors of scripts and of the content policy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import Error, Page

from tests.browser.accessible import complaints_in_both_themes

# Says aloud what a keyboard never does. Only trusted events: the page's own click() on a key is fine.
NO_POINTER = """
for (const kind of ["pointerdown", "mousedown", "touchstart"])
  addEventListener(kind, (event) => event.isTrusted && console.error("a pointer was used: " + kind), true);
addEventListener("securitypolicyviolation", (event) => console.error("content policy: " + event.violatedDirective));
"""
# Every text a reader sees in the page's own language: not in an element that says it is in another one, not codes.
OWN_WORDS = """
() => {
  const found = [], own = document.documentElement.lang;
  const skip = "script, style, kbd, code, .mono, .keys, input, textarea, [data-as-typed]";
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const element = walk.currentNode.parentElement;
    if (element.closest(skip) || element.closest("[lang]").lang !== own || !element.checkVisibility()) continue;
    if (walk.currentNode.data.trim()) found.push(walk.currentNode.data.trim());
  }
  for (const name of ["aria-label", "placeholder", "title"])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (element.closest("[lang]").lang === own && element.checkVisibility()) found.push(element.getAttribute(name));
  return found;
}
"""
CHINESE = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{2,}")
# Names of things that are the same in Chinese.
SAME_IN_CHINESE = frozenset("VIP CNY PDF CSV ID AM OK MRZ Ctrl Esc Enter Tab BAR COR GRP PKG EN".split())


@dataclass
class Keyboard:
    """The hands of one clerk on one page; see the top of this file."""

    page: Page
    names: frozenset[str] = frozenset()
    """Words in Latin letters that a Chinese page may show: names of guests, codes of types, logins."""

    done: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(NO_POINTER)
        self.page.on("console", lambda message: self._note(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self._note(str(error)))

    @property
    def strokes(self) -> int:
        """How many keys were pressed since the beginning or `start_counting`."""
        return len(self.done)

    def start_counting(self) -> Keyboard:
        self.done.clear()
        return self

    def press(self, *keys: str) -> Keyboard:
        for key in keys:
            self.page.wait_for_load_state("domcontentloaded")  # a page that is only drawn does not hear keys yet
            self.page.keyboard.press(key)
            self.done.append(key)
        return self

    def type(self, text: str) -> Keyboard:
        self.page.wait_for_load_state("domcontentloaded")
        self.page.keyboard.type(text)
        self.done.extend(text)
        return self

    def scan(self, text: str) -> Keyboard:
        """What a document or bar-code reader types, line by line with Enter between and after; one stroke."""
        for line in text.strip().splitlines():
            self.page.keyboard.type(line.strip())
            self.page.keyboard.press("Enter")
        self.done.append("scan")
        return self

    def focused(self) -> str:
        """Name, id or text of what has the focus."""
        return str(
            self.page.evaluate(
                "() => { const e = document.activeElement; return e.name || e.id || e.textContent.trim().slice(0, 40) }"
            )
        )

    def find(self, letters: str) -> Keyboard:
        """Search with `/` and wait, as one does, until the first hit stands there."""
        self.press("/").type(letters)
        self.page.locator("a.hit.chosen").wait_for()
        return self

    def no_mixed_language(self) -> None:
        """No word of the other language is on the page, but for names and what is marked with its own `lang`."""
        chinese = str(self.page.evaluate("document.documentElement.lang")).startswith("zh")
        texts = [str(text) for text in self.page.evaluate(OWN_WORDS)]
        if chinese:
            foreign = [text for text in texts if set(LATIN.findall(text)) - SAME_IN_CHINESE - self.names]
        else:
            foreign = [text for text in texts if CHINESE.search(text)]
        assert foreign == [], foreign

    def axe_clean(self) -> None:
        """WCAG 2.2 AA as far as axe can see, in both themes; the page keeps its own."""
        faults = complaints_in_both_themes(self.page)
        assert faults == [], faults

    def finish(self) -> None:
        """Nothing was complained of and no pointer was used. The fixture calls it."""
        self._hear_everything()
        assert self.complaints == [], self.complaints  # no rewriting of asserts here: pytest knows this file as no test

    def _hear_everything(self) -> None:
        """What the browser has to say comes a moment later, but in order: when this is heard, so was all before it."""
        for _ in range(3):
            self.page.wait_for_load_state()
            try:
                with self.page.expect_console_message(lambda message: message.text == "heard"):
                    self.page.evaluate("console.debug('heard')")
                return
            except Error:  # the last key has only now brought another page
                continue

    def _note(self, text: str) -> None:
        if "status of 4" not in text:  # a refusal is an answer, not an error
            self.complaints.append(text)
