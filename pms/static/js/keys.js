// The keyboard. A thing that can be pressed names its key in the page: data-key="p", or "g d" for two strokes.
// data-row-key="x" is a key of the row that is chosen. Ctrl+Enter presses [data-commit], Escape [data-back]; j and k move
// through the rows of [data-rows], Enter opens one; the down arrow leaves a search field for the first row found.

const PAUSE = 1200; // ms in which the second stroke of "g d" must come
let first = "";
let waiting = 0;

const dialog = () => [...document.querySelectorAll("dialog[open]")].at(-1);
const scope = () => dialog() ?? document;
const on = () => document.documentElement.dataset.keys !== "off";

function typing(target) {
  return target.closest("input:not([type=checkbox], [type=radio], [type=submit]), select, textarea, [contenteditable]");
}

function press(name) {
  const things = [...scope().querySelectorAll(".chosen [data-row-key]"), ...scope().querySelectorAll("[data-key]")];
  const thing = things.find(({ dataset }) => (dataset.rowKey ?? dataset.key) === name);
  if (thing && typing(thing)) thing.focus(); // a click by script does not put the focus into a field
  else thing?.click();
  return Boolean(thing);
}

function stroke(key) {
  const sequence = first ? `${first} ${key}` : key;
  clearTimeout(waiting);
  first = "";
  if (press(sequence)) return true;
  if (document.querySelector(`[data-key^="${CSS.escape(key)} "]`)) {
    first = key;
    waiting = setTimeout(() => (first = ""), PAUSE);
  }
  return false;
}

function move(step) {
  const rows = [...(scope().querySelector("[data-rows]")?.querySelectorAll("[data-row]:not([hidden])") ?? [])];
  if (!rows.length) return;
  const here = rows.findIndex((row) => row.classList.contains("chosen"));
  const next = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
  choose(rows, next);
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function choose(rows, row) {
  rows.forEach((other) => other.classList.toggle("chosen", other === row));
  rows.forEach((other) => (other.tabIndex = other === row ? 0 : -1));
}

function commit() {
  const wanted = "[data-commit]:not(:disabled)"; // of several forms on a page the one that is typed in
  const button = document.activeElement.closest("form")?.querySelector(wanted) ?? scope().querySelector(wanted);
  button?.click();
  return Boolean(button);
}

function back(event) {
  if (dialog()) return false; // the browser closes it
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
    return true;
  }
  if (typing(event.target)) {
    event.target.blur();
    return true;
  }
  document.querySelector("[data-back]")?.click();
  return Boolean(document.querySelector("[data-back]"));
}

function handled(event) {
  if (event.ctrlKey || event.metaKey) {
    if (event.key === "Enter") return commit();
    return event.key.toLowerCase() === "k" && press("/");
  }
  if (event.key === "Escape") return back(event);
  if (event.key === "ArrowDown" && event.target.closest("form[role=search]")) return move(1) ?? true; // into what was found
  if (event.altKey || typing(event.target)) return false;
  if (event.key === "Enter" && event.target.matches("[data-row]")) {
    (event.target.querySelector(".verb") ?? event.target.querySelector("a[href], button"))?.click();
    return true;
  }
  if (!on() || event.key.length !== 1 || event.key === " ") return false;
  if (event.key === "j" || event.key === "k") {
    if (!first) return move(event.key === "j" ? 1 : -1) ?? true;
  }
  return stroke(event.key);
}

document.addEventListener("keydown", (event) => {
  // While an input method composes, every key belongs to it (229: browsers that do not say so).
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
  if (handled(event)) event.preventDefault();
});

// A hit of the search leads to a row of this page or another.
function chooseTarget() {
  const row = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  if (!row?.matches("[data-row]")) return;
  choose([...row.closest("[data-rows]").querySelectorAll("[data-row]")], row);
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

addEventListener("hashchange", chooseTarget);
chooseTarget();

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && row.closest("[data-rows]")) choose([...row.closest("[data-rows]").querySelectorAll("[data-row]")], row);
});
