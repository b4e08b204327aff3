// The rack by keyboard and by pointer. The server draws everything; here bars are walked, sheets are opened over the
// rack, and a bar that is dragged opens the same sheet as its key: dropping alone changes nothing.

const rack = document.getElementById("rack");
const pop = document.getElementById("pop");
const find = document.getElementById("rk-find");
const COLUMNS = 4;
const RESERVED = ["r", "x"];
const HERE = ["h", "o"];

const rows = () => [...document.querySelectorAll("#rack .rk-row[data-room]")];
const bars = (root = rack) => [...root.querySelectorAll(".rk-row[data-room] > a:not(.rk-ghost)")];
const current = () => document.querySelector("#rack a.chosen");
const is = (bar, states) => states.some((state) => bar.classList.contains(state));
const stayOf = (bar) => bar.getAttribute("href").split("/").at(-1);
const barsOf = (stay) => bars().filter((bar) => stayOf(bar) === String(stay));

function edge(bar, letter) {
  const found = [...bar.classList].find((name) => new RegExp(`^${letter}\\d+$`).test(name));
  return found ? Number(found.slice(1)) : 0;
}

// --- Walking: one bar can be reached by Tab, the arrows lead to the others --------------------------------------------
function prepare() {
  bars().forEach((bar) => (bar.tabIndex = -1));
  const first = current() ?? bars()[0];
  if (first) first.tabIndex = 0;
}

function choose(bar, focus = true) {
  if (!bar) return;
  bars().forEach((other) => {
    other.classList.toggle("chosen", other === bar);
    other.tabIndex = other === bar ? 0 : -1;
  });
  if (focus) bar.focus({ preventScroll: true });
  bar.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function beside(bar, step) {
  const row = bars(bar.parentElement.parentElement).filter((other) => other.parentElement === bar.parentElement);
  return row[row.indexOf(bar) + step];
}

function below(bar, step) {
  const all = rows();
  const middle = (edge(bar, "a") + edge(bar, "z")) / 2;
  const away = (other) => Math.abs((edge(other, "a") + edge(other, "z")) / 2 - middle);
  for (let at = all.indexOf(bar.parentElement) + step; all[at]; at += step) {
    const there = [...all[at].querySelectorAll(":scope > a")];
    if (there.length) return there.reduce((best, other) => (away(other) < away(best) ? other : best));
  }
  return undefined;
}

const STEPS = {
  ArrowLeft: (bar) => beside(bar, -1),
  ArrowRight: (bar) => beside(bar, 1),
  ArrowUp: (bar) => below(bar, -1),
  ArrowDown: (bar) => below(bar, 1),
};

// --- Sheets over the rack -------------------------------------------------------------------------------------------
// Where to come back to, with the bar one stands on. Not as a fragment: the browser would not load the page again.
function here() {
  const url = new URL(location.href);
  const bar = current();
  if (bar) url.searchParams.set("stay", stayOf(bar));
  return url.pathname + url.search;
}

async function open(address) {
  const url = new URL(address, location.href);
  url.searchParams.set("back", here());
  early = "";
  await htmx.ajax("GET", url.pathname + url.search, { target: "#pop", swap: "innerHTML" });
  if (!pop.open) pop.showModal();
  focusFirst();
  plan();
  place();
}

// What is typed before the sheet has come belongs to its first field.
let early = null;

function focusFirst() {
  const wanted = pop.querySelector("[data-focus]") ?? pop.querySelector("[data-commit], a, button");
  wanted?.focus();
  if (early && wanted?.matches("input:not([type=radio])")) {
    wanted.value += early;
    wanted.dispatchEvent(new Event("input", { bubbles: true }));
  }
  early = null;
}

// Beside the bar it is about: under it where there is room, else above, else wherever it fits.
function place() {
  const bar = current()?.getBoundingClientRect() ?? { left: 300, bottom: 120, top: 120 };
  const { width, height } = pop.getBoundingClientRect();
  const left = Math.min(Math.max(bar.left + 40, 60), innerWidth - width - 12);
  const below = bar.bottom + 8;
  const top = below + height <= innerHeight - 8 ? below : Math.max(bar.top - height - 8, 8);
  pop.style.left = `${left}px`;
  pop.style.top = `${top}px`;
}

function sheetFor(bar, key) {
  const of = (kind) => rack.dataset[kind]?.replace("/0/", `/${stayOf(bar)}/`);
  if (is(bar, RESERVED)) return of(key === "m" ? "place" : "dates");
  if (is(bar, HERE)) return of(key === "m" ? "move" : "extend");
  return undefined;
}

function act(bar, key, ask = {}) {
  const address = bar && sheetFor(bar, key);
  if (!address) return false;
  open(`${address}?${new URLSearchParams(ask)}`);
  return true;
}

// --- What is planned is drawn into the rack while its sheet is open ----------------------------------------------------
function forget() {
  document.querySelectorAll(".rk-ghost").forEach((ghost) => ghost.remove());
  document.querySelectorAll("#rack a.out").forEach((bar) => bar.classList.remove("out"));
}

const columnOf = (day) => Math.round((new Date(day) - new Date(rack.dataset.first)) / 86_400_000) * COLUMNS;

function plan() {
  forget();
  const planned = pop.open && pop.querySelector("[data-plan-room]");
  if (!planned) return;
  const { planRoom, planFirst, planUntil, planOut, planText } = planned.dataset;
  const row = rows().find((other) => other.dataset.room === planRoom);
  const last = Number(rack.dataset.days) * COLUMNS;
  const start = Math.max(columnOf(planFirst) + 2, 0);
  const end = Math.min(columnOf(planUntil) + 2, last);
  if (row && start < end) row.append(ghost(start, end, planText ?? ""));
  for (const stay of (planOut ?? "").split(" ").filter(Boolean)) {
    barsOf(stay).forEach((bar) => bar.classList.add("out"));
  }
}

function ghost(start, end, text) {
  const bar = document.createElement("a");
  bar.className = `rk-ghost a${start} z${end}`;
  bar.textContent = text;
  return bar;
}

// --- Dragging -------------------------------------------------------------------------------------------------------
let drag;

function begin(event) {
  const bar = event.target.closest("#rack .rk-row > a");
  if (!bar || event.button || !(sheetFor(bar, "m") || sheetFor(bar, "e"))) return;
  const box = bar.getBoundingClientRect();
  const atEnd = box.right - event.clientX < 8 && !bar.classList.contains("k");
  drag = { bar, atEnd, x: event.clientX, y: event.clientY, moved: false };
}

function columnAt(x) {
  const row = drag.bar.parentElement;
  const box = row.getBoundingClientRect();
  const room = row.querySelector(".rk-room").getBoundingClientRect().width;
  const columns = Number(rack.dataset.days) * COLUMNS;
  return Math.round(((x - box.left - room) / (box.width - room)) * columns);
}

function rowAt(event) {
  return document.elementsFromPoint(event.clientX, event.clientY).map((e) => e.closest("#rack .rk-row[data-room]")).find(Boolean);
}

function dragTo(event) {
  if (!drag) return;
  if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > 5) drag.moved = true;
  if (!drag.moved) return;
  rack.dataset.held = "";
  forget();
  const [start, end] = [edge(drag.bar, "a"), edge(drag.bar, "z")];
  if (drag.atEnd) drag.bar.parentElement.append(ghost(start, Math.max(columnAt(event.clientX), start + 1), ""));
  else rowAt(event)?.append(ghost(start, end, drag.bar.textContent));
}

function drop(event) {
  const done = drag;
  drag = undefined;
  delete rack.dataset.held;
  forget();
  if (!done?.moved) return;
  addEventListener("click", (click) => (click.preventDefault(), click.stopPropagation()), { capture: true, once: true });
  setTimeout(() => choose(done.bar));
  if (done.atEnd) act(done.bar, "e", { day: dayAt(columnOfDrop(event, done)) });
  else {
    const number = rowAt(event)?.querySelector(".rk-room b").textContent;
    if (number && rowAt(event) !== done.bar.parentElement) act(done.bar, "m", { number });
  }
}

function columnOfDrop(event, done) {
  drag = done;
  const column = columnAt(event.clientX);
  drag = undefined;
  return column;
}

// The noon nearest to a column, as pms/front_desk/rack.py departure_at.
function dayAt(column) {
  const day = new Date(rack.dataset.first);
  day.setUTCDate(day.getUTCDate() + Math.round((column - 2) / COLUMNS));
  return day.toISOString().slice(0, 10);
}

// --- Finding ----------------------------------------------------------------------------------------------------------
function matches() {
  const wanted = find.value.trim().toLowerCase();
  if (!wanted) return [];
  return bars().filter((bar) => {
    const room = bar.parentElement.querySelector(".rk-room b").textContent;
    return bar.textContent.toLowerCase().includes(wanted) || room.startsWith(wanted);
  });
}

// Who is here comes before who was or will be.
function best(found) {
  return found.find((bar) => is(bar, HERE)) ?? found.find((bar) => is(bar, RESERVED)) ?? found[0];
}

function search() {
  const found = new Set(matches());
  const asked = Boolean(find.value.trim());
  bars().forEach((bar) => bar.classList.toggle("miss", asked && !found.has(bar)));
  find.parentElement.classList.toggle("none", asked && !found.size);
}

function found() {
  const bar = best(matches());
  find.value = "";
  search();
  choose(bar);
}

// --- Keys ---------------------------------------------------------------------------------------------------------------
function onKey(event) {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
  if (early !== null && event.key.length === 1) {
    early += event.key;
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (pop.open || event.target.closest("input, textarea, select")) return;
  const bar = event.target.closest("#rack a") ?? current();
  if (event.key in STEPS && !event.target.closest("#tray")) {
    event.preventDefault();
    choose(bar ? (STEPS[event.key](bar) ?? bar) : bars()[0]);
  } else if (event.key === "Escape" && current()) {
    event.preventDefault();
    current().classList.remove("chosen");
    document.activeElement.blur();
  } else if ((event.key === "m" || event.key === "e") && document.documentElement.dataset.keys !== "off") {
    if (act(bar, event.key)) event.preventDefault();
  }
}

if (rack) {
  prepare();
  document.addEventListener("live:drawn", prepare);
  document.addEventListener("keydown", onKey, true);
  find.addEventListener("input", search);
  find.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter") found();
  });
  document.addEventListener("click", (event) => {
    const focuses = event.target.closest("[data-focuses]");
    if (focuses) {
      const target = document.getElementById(focuses.dataset.focuses);
      (target.querySelector("[data-row]") ?? target).focus();
      return;
    }
    const link = event.target.closest("#rack .rk-row > a, a[data-pop]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (link.closest("#rack")) choose(link);
    open(link.href);
  });
  rack.addEventListener("pointerdown", begin);
  addEventListener("pointermove", dragTo);
  addEventListener("pointerup", drop);
  rack.addEventListener("dragstart", (event) => event.preventDefault());
  pop.addEventListener("close", forget);
  pop.addEventListener("click", (event) => {
    if (event.target === pop) pop.close();
    const leave = event.target.closest("[data-closes]");
    if (leave) {
      event.preventDefault();
      pop.close();
      current()?.focus();
    }
  });
  document.addEventListener("htmx:after:swap", () => pop.open && (plan(), place()));
  const stood = new URLSearchParams(location.search).get("stay");
  if (stood) choose(best(barsOf(stood)));
}
