// The check-in sheet: which part is done, what is still to do, and from one gap to the next. The server asks for all of it
// again; here only the way is shorter. A gap is an element with data-gap, its words for the foot of the page.

const sheet = document.querySelector("[data-sheet]");
const still = document.querySelector("#still");
const commit = document.querySelector("[data-commit][data-verb]");
const COMPLETE = [72, 88, 90]; // characters of a machine-readable zone
const AFTER_READING = 150; // ms; the Enter with which a reader ends its line must not press the next thing
const checked = (name) => sheet.querySelector(`input[name="${name}"]:checked`);

// --- What is still to do ---------------------------------------------------------------------------------------------
function isOpen(gap) {
  if (gap.matches("[data-lines]")) return !readerOf(gap).querySelector("[data-read]") && !numberOf(gap).value.trim();
  if (gap.matches("[type=checkbox]")) return !gap.checked && !replaced(gap);
  if (gap.matches("[data-deposit]")) return Boolean(missingOfDeposit());
  if (gap.matches("[data-names]")) return !named(gap);
  if (gap.matches("[data-rooms]")) return !checked("room") && !checked("sell") && !sheet.querySelector("#another")?.value.trim();
  return false;
}

// A resident ID has no name on its line; the guest who was here before has one.
function named(names) {
  const known = sheet.querySelector('input[name="guest"]')?.value;
  return Boolean(known) || [...names.querySelectorAll("[data-name]")].some((field) => field.value.trim());
}

// A document on file need not be seen when another one lies on the desk.
function replaced(tick) {
  const other = tick.closest(".person")?.querySelector("[data-reader]");
  return Boolean(other && (other.querySelector("[data-read]") || other.querySelector("[name$=number]").value.trim()));
}

function missingOfDeposit() {
  const kind = checked("deposit")?.value;
  if (!kind) return sheet.querySelector('input[name="deposit"]');
  if (kind === "none") return empty("#why_none");
  return empty("#amount") ?? (kind === "preauthorisation" ? empty("#reference") : null);
}

function empty(id) {
  const field = sheet.querySelector(id);
  return field.value.trim() ? null : field;
}

const gaps = () => [...sheet.querySelectorAll("[data-gap]")].filter((gap) => gap.dataset.gap && isOpen(gap));

const RESIDENT_ID = /^\s*\d{17}[\dXx]\s*$/;

function placeToWork(gap) {
  if (gap.matches("[data-names]")) {
    const chinese = RESIDENT_ID.test(gap.closest("[data-part]").querySelector("[data-lines]").value);
    return gap.querySelector(chinese ? "[data-name-zh]" : "[data-name]");
  }
  if (gap.matches("[data-deposit]")) return missingOfDeposit();
  return gap.matches("[data-rooms]") ? gap.querySelector("input:not(:disabled), button") ?? gap : gap;
}

function next() {
  const [first] = gaps();
  (first ? placeToWork(first) : commit).focus();
}

function show() {
  const open = gaps();
  for (const part of sheet.querySelectorAll("[data-part]")) {
    const left = [...part.querySelectorAll("[data-gap]")].some((gap) => open.includes(gap));
    part.classList.toggle("part-done", !left);
    part.classList.toggle("part-next", open.length > 0 && part.contains(open[0]));
  }
  const kind = checked("deposit")?.value;
  for (const field of sheet.querySelectorAll("[data-if]")) {
    field.hidden = !kind || (field.dataset.if === "none") !== (kind === "none");
  }
  still.textContent = open.length ? `${still.dataset.still} ${open.map((gap) => gap.dataset.gap).join(still.dataset.and)}` : "";
  const room = sheet.querySelector("#another")?.value.trim() || (checked("room") ?? checked("sell"))?.dataset.number;
  if (room) commit.querySelector("[data-verb-here]").textContent = commit.dataset.verb.replace("{room}", room);
}

// --- The document ----------------------------------------------------------------------------------------------------
const readerOf = (inside) => inside.closest("[data-reader]");
const numberOf = (inside) => readerOf(inside).querySelector("[name$=number]");

async function read(lines, andOn = true) {
  const reader = readerOf(lines);
  const here = reader.querySelector("[data-read-here]");
  const form = new FormData(sheet);
  form.set("which", reader.dataset.prefix);
  const answer = await fetch(reader.dataset.reader, { method: "POST", body: form });
  here.innerHTML = await answer.text();
  const said = here.querySelector("[data-read]");
  if (said) fill(lines.closest("[data-part]"), said.dataset);
  show();
  if (said && andOn) setTimeout(next, AFTER_READING);
}

function fill(part, said) {
  const names = { "[data-surname]": said.saidSurname, "[data-given]": said.saidGiven };
  const fields = Object.keys(names).map((selector) => part.querySelector(selector));
  if (fields.some((field) => !field || field.value)) return;
  fields.forEach((field, place) => (field.value = Object.values(names)[place]));
}

function readWhenComplete(lines, andOn = true) {
  const typed = lines.value.replace(/\s/g, "");
  lines.rows = typed.length > 88 || lines.value.trim().split("\n").length > 2 ? 3 : 2;
  if (typed === lines.dataset.asked) return; // the reader's last Enter: asked again, the answer would move the focus late
  lines.dataset.asked = typed;
  const zone = typed.includes("<");
  if (zone ? COMPLETE.includes(typed.length) && endsInLine(lines, typed) : typed.length === 18) read(lines, andOn);
  else readerOf(lines).querySelector("[data-read-here]").replaceChildren();
}

// 72 characters are a card, or a passport of which 16 are still to come.
function endsInLine(lines, typed) {
  const wide = typed.startsWith("P") ? 88 : lines.value.split("\n")[0].trim().length === 30 ? 90 : 72;
  return typed.length === wide;
}

// --- Rooms, rates ----------------------------------------------------------------------------------------------------
async function whyNot(field) {
  const here = sheet.querySelector("[data-why-here]");
  if (!field.value.trim()) return here.replaceChildren();
  const answer = await fetch(`${field.dataset.why}?room=${encodeURIComponent(field.value.trim())}`);
  here.innerHTML = await answer.text();
}

let asked = 0;

async function offerAgain() {
  const mine = ++asked;
  const here = sheet.querySelector("[data-offers]");
  const wanted = new URLSearchParams({
    nights: sheet.nights.value, adults: sheet.adults.value, sell: checked("sell")?.value ?? "",
  });
  const answer = await fetch(`${here.dataset.offers}?${wanted}`);
  const text = await answer.text();
  if (mine !== asked) return; // the nights were changed again: these are the prices of before
  here.innerHTML = text;
  show();
}

function onChange(event) {
  const field = event.target;
  if (field.id === "another") {
    if (field.value.trim()) sheet.querySelectorAll('input[name="room"]').forEach((room) => (room.checked = false));
    whyNot(field);
  }
  if (field.matches("[data-lines]") && field.value.trim() && !readerOf(field).querySelector("[data-read]")) read(field);
  if (field.matches('input[name="room"]') && sheet.another) sheet.another.value = "";
  if (field.name === "sell") sheet.amount.value = field.dataset.amount;
  if (field.matches("#nights, #adults") && sheet.querySelector("[data-offers]")) offerAgain();
  show();
  if (field.matches("[type=radio], [type=checkbox]") && (field.type !== "checkbox" || field.checked)) next();
}

if (sheet) {
  sheet.addEventListener("change", onChange);
  sheet.addEventListener("input", (event) => {
    if (event.target.matches("[data-lines]")) readWhenComplete(event.target);
    show();
  });
  sheet.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing || !event.target.matches("input")) return;
    event.preventDefault(); // Enter leads on; only Ctrl+Enter and the button commit
    next();
  });
  sheet.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction") || !gaps().length) return; // a card may be printed before
    event.preventDefault();
    next();
  });
  show();
  const refused = document.querySelector("[data-focus]"); // what was refused is read first
  for (const lines of sheet.querySelectorAll("[data-lines]")) if (lines.value.trim()) readWhenComplete(lines, !refused);
  if (!refused) next();
}
