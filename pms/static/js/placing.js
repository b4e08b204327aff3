// Place guests: asks for the plan and watches it, ticks rows with Space, filters the list, opens the reasons with w.

const PAUSE = 500;
const BY_ITSELF = { "X-Live": "1" }; // keeps no session alive

// --- While it is planned ---------------------------------------------------------------------------------------------
const progress = document.querySelector("[data-progress]");
const asking = document.querySelector("[data-plan-now]");

async function watch() {
  const answer = await fetch(progress.dataset.progress, { headers: BY_ITSELF }).catch(() => null);
  if (answer?.ok) progress.innerHTML = await answer.text();
  const state = progress.querySelector("[data-state]").dataset.state;
  if (state === "asked" || state === "planning") setTimeout(watch, PAUSE);
  else if (state !== "failed") location.replace(progress.dataset.here);
  else location.reload();
}

const busy = progress?.querySelector('[data-state="asked"], [data-state="planning"]');
const first = busy ? setTimeout(watch, PAUSE) : 0;
if (asking) {
  fetch(asking.action, { method: "POST", body: new FormData(asking), redirect: "manual" }).finally(() => {
    clearTimeout(first); // a small plan is there before anybody would look
    watch();
  });
}

// --- How good it is, once that is known ------------------------------------------------------------------------------
async function ask(tries) {
  const place = document.querySelector("[data-worth]");
  if (!place || !tries) return;
  const answer = await fetch(place.dataset.worth, { headers: BY_ITSELF }).catch(() => null);
  if (answer?.ok) place.outerHTML = await answer.text();
  setTimeout(ask, 2 * PAUSE, tries - 1);
}

setTimeout(ask, PAUSE, 10);

// --- Who is chosen ---------------------------------------------------------------------------------------------------
const accept = document.querySelector("[data-accept]");
const ticks = () => [...document.querySelectorAll('input[name="stay"]')];

function count() {
  const chosen = ticks().filter((tick) => tick.checked).length;
  const all = document.querySelector("[data-all]");
  if (all) {
    all.checked = chosen === ticks().length;
    all.indeterminate = chosen > 0 && !all.checked;
  }
  if (accept) accept.querySelector("span").textContent = accept.dataset.accept.replace("{n}", chosen);
}

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-all]")) ticks().forEach((tick) => (tick.checked = event.target.checked));
  if (event.target.matches('[data-all], input[name="stay"]')) count();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !event.target.matches("[data-row]")) return;
  const tick = event.target.querySelector('input[name="stay"]');
  event.preventDefault();
  if (tick) tick.checked = !tick.checked;
  count();
});

// --- What is shown ---------------------------------------------------------------------------------------------------
function show(kind) {
  document.querySelectorAll("[data-shows]").forEach((tab) => tab.setAttribute("aria-pressed", tab.dataset.shows === kind));
  document.querySelectorAll(".pl-open").forEach((row) => row.remove());
  document.querySelectorAll("[data-kind]").forEach((row) => (row.hidden = !row.dataset.kind.split(" ").includes(kind)));
}

// --- Why -------------------------------------------------------------------------------------------------------------
async function open(button) {
  const row = button.closest("tr");
  const shown = row.nextElementSibling?.matches(".pl-open") && row.nextElementSibling;
  button.setAttribute("aria-expanded", !shown);
  if (shown) return shown.remove();
  const cell = document.createElement("td");
  cell.colSpan = row.children.length;
  cell.innerHTML = await (await fetch(button.dataset.why)).text();
  const more = document.createElement("tr");
  more.className = "pl-open";
  more.append(cell);
  row.after(more);
}

document.addEventListener("click", (event) => {
  const tab = event.target.closest("[data-shows]");
  const why = event.target.closest("[data-why]");
  if (tab) show(tab.dataset.shows);
  if (why) open(why);
});
