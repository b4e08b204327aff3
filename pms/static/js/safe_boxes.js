// The card of a new guest begins at its first gap, unless there is something to read first.

if (!document.querySelector("[data-focus]")) {
  ["stay_id", "signed_by"].map((id) => document.getElementById(id)).find((gap) => gap && !gap.value)?.focus();
}
