// The key of the search field puts the cursor there: pressing it as a link is pressed would do nothing.

const field = document.querySelector(".luggage-search input");

field?.addEventListener("click", () => {
  field.focus();
  field.select();
});

// The form for pieces handed in begins at its first gap, unless there is something to read first.
if (document.getElementById("take-form") && !document.querySelector("[data-focus]")) {
  ["stay_id", "pieces"].map((id) => document.getElementById(id)).find((gap) => gap && !gap.value)?.focus();
}
