// What others do appears by itself. Every two seconds the house is asked whether anything happened; if so, the regions
// of the page marked data-live (each with an id) are drawn again from the page's own address. Focus, the chosen row and
// the scroll position stay; a region in which something is typed, or which a script has marked data-held (a drag), waits
// until it is let go. Rows that changed are tinted. A script that needs to know hears "live:drawn" from the region.

const EVERY = 2000;
const HIDDEN = 15000;
const SLOWEST = 30000;
const AT_LEAST = 60000; // waiting times and overdue arrivals change without anybody's doing
const SHARE = 5; // asking takes a fifth of the time at most
const BY_ITSELF = { "X-Live": "1" }; // keeps no session alive
const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";

const live = document.getElementById("live");
const drawn = new Map(); // id of a region or row -> how the server drew it
let wait = EVERY;
let timer = 0;
let asking = false;
let waiting = false; // a region was held by its reader
let refreshed = performance.now();

const regions = () => [...document.querySelectorAll("[data-live][id]")];
const rowsOf = (region) => [...region.querySelectorAll("[data-row][id]")];

// --- How the server drew it: without what each drawing has anew, and without what the browser added -----------------
function drawing(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("[name=_token], [name=csrf_token]").forEach((token) => token.remove());
  for (const row of [copy, ...copy.querySelectorAll("[data-row]")]) {
    row.classList.remove("chosen", "live-changed");
    row.removeAttribute("tabindex");
    if (!row.className) row.removeAttribute("class");
  }
  copy.querySelectorAll("details[open]").forEach((details) => details.removeAttribute("open"));
  return copy.outerHTML;
}

function remember(region) {
  drawn.set(region.id, drawing(region));
  rowsOf(region).forEach((row) => drawn.set(row.id, drawing(row)));
}

// --- Whose hands are on it ------------------------------------------------------------------------------------------
function typed(field) {
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  if (!field.matches("select")) return field.value !== field.defaultValue;
  return field.selectedIndex !== Math.max([...field.options].findIndex((option) => option.defaultSelected), 0);
}

function held(region) {
  const fields = [...region.querySelectorAll("input:not([type=hidden]), textarea, select")];
  const choosing = region.contains(document.activeElement) && document.activeElement.matches("select");
  const open = region.querySelector("dialog[open], :popover-open");
  return choosing || open || "held" in region.dataset || fields.some(typed);
}

// --- Where the reader is, and back there ----------------------------------------------------------------------------
function place(region) {
  const rows = [...region.querySelectorAll("[data-row]")];
  const chosen = rows.findIndex((row) => row.classList.contains("chosen"));
  const focused = region.contains(document.activeElement) ? document.activeElement : null;
  const anchor = focused?.closest("[id]");
  const scrolled = [region, ...region.querySelectorAll("[id]")].filter((part) => part.scrollTop || part.scrollLeft);
  return {
    chosen,
    row: rows[chosen]?.id,
    anchor: anchor?.id,
    nth: focused && focused !== anchor ? [...anchor.querySelectorAll(FOCUSABLE)].indexOf(focused) : -1,
    inRow: Boolean(focused?.closest("[data-row]")),
    open: [...region.querySelectorAll("details")].map((details) => details.open),
    scrolled: scrolled.map((part) => [part.id, part.scrollTop, part.scrollLeft]),
  };
}

function backTo(region, was) {
  const rows = [...region.querySelectorAll("[data-row]")];
  const row = rows.find((one) => one.id && one.id === was.row) ?? rows[Math.min(was.chosen, rows.length - 1)];
  if (row) {
    row.classList.add("chosen");
    rows.forEach((other) => (other.tabIndex = other === row ? 0 : -1));
  }
  region.querySelectorAll("details").forEach((details, n) => (details.open = was.open[n] ?? details.open));
  const anchor = was.anchor && document.getElementById(was.anchor);
  const there = anchor && (was.nth < 0 ? anchor : anchor.querySelectorAll(FOCUSABLE)[was.nth]);
  if (was.anchor) (there ?? (was.inRow ? row : region))?.focus({ preventScroll: true });
  for (const [id, top, left] of was.scrolled) document.getElementById(id)?.scrollTo(left, top);
}

// --- Drawing again --------------------------------------------------------------------------------------------------
function draw(region, fresh) {
  const before = new Map(rowsOf(region).map((row) => [row.id, drawn.get(row.id)]));
  const was = place(region);
  region.replaceChildren(...document.adoptNode(fresh).childNodes);
  remember(region);
  backTo(region, was);
  globalThis.htmx?.process(region);
  const rows = rowsOf(region);
  const changed = rows.filter((row) => before.get(row.id) !== drawn.get(row.id));
  changed.forEach((row) => row.classList.add("live-changed"));
  rows.forEach((row) => before.delete(row.id));
  region.dispatchEvent(new CustomEvent("live:drawn", { bubbles: true }));
  return changed.length + before.size;
}

async function refresh() {
  const wanted = regions();
  if (!wanted.length) return;
  const answer = await fetch(location.href, { headers: BY_ITSELF });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  let changed = 0;
  waiting = false;
  for (const region of wanted) {
    const fresh = page.getElementById(region.id);
    if (!fresh || drawing(fresh) === drawn.get(region.id)) continue;
    if (held(region)) waiting = true;
    else changed += draw(region, fresh);
  }
  refreshed = performance.now();
  if (changed) live.textContent = live.dataset.said.replace("{n}", changed);
}

async function ask() {
  const seen = encodeURIComponent(live.dataset.mark);
  const answer = await fetch(`${live.dataset.url}?seen=${seen}`, { headers: { ...BY_ITSELF, "HX-Request": "true" } });
  if (answer.status === 401) return false; // logged out
  if (!answer.ok) throw new Error(answer.statusText);
  const news = answer.status === 200;
  if (news) document.getElementById("bell").outerHTML = await answer.text();
  const old = !document.hidden && performance.now() - refreshed > AT_LEAST;
  if (news || waiting || old) await refresh();
  if (news) live.dataset.mark = answer.headers.get("X-Live-Mark");
  return true;
}

async function round() {
  if (asking) return;
  asking = true;
  clearTimeout(timer);
  const begun = performance.now();
  let goOn = true;
  try {
    goOn = await ask();
    wait = EVERY;
  } catch {
    wait = Math.min(wait * 2, SLOWEST); // the house is busy or away
  }
  asking = false;
  const pause = document.hidden ? HIDDEN : Math.max(wait, SHARE * (performance.now() - begun));
  if (goOn) timer = setTimeout(round, pause);
}

if (live) {
  regions().forEach(remember);
  timer = setTimeout(round, EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || round());
}
