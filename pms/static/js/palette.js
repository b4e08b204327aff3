// The command search. The server finds and draws; here the dialog opens, and arrows and Enter choose.
// Without script the box in the top bar leads to the search page.

const palette = document.querySelector("dialog.palette");
const field = palette?.querySelector("input");
const hits = () => [...palette.querySelectorAll("a.hit")];
const upToDate = () => palette.querySelector("[data-q]")?.dataset.q === field.value.trim();
let enterWaits = false; // Enter was quicker than the answer: it opens what was typed, never what stood there before

function choose(hit) {
  hits().forEach((other) => other.classList.toggle("chosen", other === hit));
  if (hit) {
    field.setAttribute("aria-activedescendant", hit.id);
    hit.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

function step(by) {
  const all = hits();
  const here = all.findIndex((hit) => hit.classList.contains("chosen"));
  choose(all[(here + by + all.length) % all.length]);
}

function onKey(event) {
  if (event.isComposing || event.keyCode === 229) return;
  const digit = event.altKey && event.code.match(/^Digit(\d)$/); // Alt with a digit types letters on some keyboards
  if (digit) {
    event.preventDefault();
    palette.querySelector(`a.hit[data-alt="${digit[1]}"]`)?.click();
    return;
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    enterWaits = !upToDate();
    if (!enterWaits) palette.querySelector("a.hit.chosen")?.click();
  }
}

function drawn() {
  choose(hits()[0]);
  if (!enterWaits || !upToDate()) return;
  enterWaits = false;
  hits()[0]?.click();
}

if (palette) {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-palette]")) return;
    event.preventDefault();
    palette.showModal();
    field.select();
    if (!hits().length) htmx.trigger(field, "search");
  });
  palette.addEventListener("click", (event) => {
    if (event.target === palette || event.target.closest("a.hit")) palette.close();
  });
  field.addEventListener("keydown", onKey);
  field.addEventListener("input", () => (enterWaits = false));
  palette.addEventListener("htmx:after:swap", drawn);
}
