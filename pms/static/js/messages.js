// The form begins at its first gap, unless there is something to read first.

if (document.getElementById("message-form") && !document.querySelector("[data-focus]")) {
  ["stay_id", "caller", "text"].map((id) => document.getElementById(id)).find((gap) => gap && !gap.value)?.focus();
}
