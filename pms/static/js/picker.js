// Fields that find a guest or a stay while one types (templates/_pickers.html): the combobox of the ARIA patterns.
// Arrows choose, Enter or Tab takes, Escape closes; what an input method still composes is left alone.

const WAIT = 120; // ms after the last letter

const parts = (field) => {
  const picker = field.closest("[data-picker]");
  return {
    picker,
    id: picker.querySelector("input[type=hidden]"),
    list: picker.querySelector("[role=listbox]"),
    said: picker.querySelector("[data-picker-said]"),
  };
};
const fieldOf = (target) => (target instanceof Element ? target.closest("[data-picker] [role=combobox]") : null);
const options = (list) => [...list.querySelectorAll("[role=option]")];
const chosenIn = (list) => list.querySelector("[aria-selected=true]");
const composing = (event) => event.isComposing || event.keyCode === 229;

function choose(field, option) {
  const { list } = parts(field);
  options(list).forEach((other) => other.setAttribute("aria-selected", String(other === option)));
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
}

function open(field, wanted) {
  const { list } = parts(field);
  list.hidden = !wanted;
  field.setAttribute("aria-expanded", String(wanted));
  if (!wanted) choose(field, null);
}

function tell(id) {
  id.dispatchEvent(new Event("change", { bubbles: true }));
}

function forget(field) {
  const { id } = parts(field);
  if (!id.value) return;
  id.value = "";
  Object.keys(id.dataset).forEach((name) => delete id.dataset[name]);
  tell(id);
}

function take(field, option) {
  const { id } = parts(field);
  field.value = option.dataset.shown;
  Object.assign(id.dataset, option.dataset);
  id.value = option.dataset.id;
  field.removeAttribute("aria-invalid");
  open(field, false);
  tell(id);
}

const running = new WeakMap();

async function find(field) {
  const { picker, list, said } = parts(field);
  running.get(field)?.abort();
  const text = field.value.trim();
  if (!text) return open(field, false);
  const stop = new AbortController();
  running.set(field, stop);
  const address = new URL(picker.dataset.picker, location.href);
  address.searchParams.set("q", text);
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: stop.signal });
    if (!answer.ok) return open(field, false);
    list.innerHTML = await answer.text();
  } catch (error) {
    if (error.name === "AbortError") return undefined;
    return open(field, false);
  }
  said.textContent = list.querySelector("[data-said]")?.textContent ?? "";
  open(field, document.activeElement === field);
  return choose(field, options(list)[0]);
}

const waiting = new WeakMap();

function later(field) {
  clearTimeout(waiting.get(field));
  waiting.set(field, setTimeout(find, WAIT, field));
}

function step(field, by) {
  const { list } = parts(field);
  if (list.hidden) return void find(field);
  const all = options(list);
  if (!all.length) return undefined;
  const here = all.indexOf(chosenIn(list));
  return choose(field, all[(here + by + all.length) % all.length]);
}

document.addEventListener("input", (event) => {
  const field = fieldOf(event.target);
  if (!field) return;
  forget(field);
  if (!event.isComposing) later(field);
});

document.addEventListener("compositionend", (event) => {
  const field = fieldOf(event.target);
  if (field) later(field);
});

// Before keys.js, which listens at the document: what is used here is prevented, and so left alone there.
document.addEventListener(
  "keydown",
  (event) => {
    const field = fieldOf(event.target);
    if (!field || composing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const { list } = parts(field);
    const option = chosenIn(list);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      step(field, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !list.hidden) {
      open(field, false);
    } else if (event.key === "Enter" && !list.hidden && option) {
      take(field, option);
    } else if (event.key === "Enter" && field.value.trim() && !parts(field).id.value) {
      clearTimeout(waiting.get(field));
      find(field);
    } else if (event.key === "Tab" && !list.hidden && option) {
      take(field, option);
      return; // and the focus goes on
    } else {
      return;
    }
    event.preventDefault();
  },
  true,
);

document.addEventListener("mousedown", (event) => {
  const option = event.target.closest?.("[data-picker] [role=option]");
  if (!option) return;
  event.preventDefault(); // the field keeps the focus
  take(option.closest("[data-picker]").querySelector("[role=combobox]"), option);
});

document.addEventListener("focusout", (event) => {
  const field = fieldOf(event.target);
  if (field) open(field, false);
});
