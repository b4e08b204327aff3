// The collective list is typed from top to bottom, or scanned: Enter, which a scanner sends too, goes to the next number.

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (!event.target.matches?.("[data-next]")) return;
  event.preventDefault();
  const form = event.target.form;
  const fields = [...form.querySelectorAll("[data-next]")];
  const next = fields.slice(fields.indexOf(event.target) + 1).find((field) => !field.value);
  (next ?? form.elements.seen).focus();
});
