// The collective list is typed from top to bottom, or laid on the reader: Enter, which a reader sends too, goes to the
// next number. The lines of a passport (ICAO 9303: 2 of 44 or 36, 3 of 30) all belong to one.

const LINES = new Map([[44, 2], [36, 2], [30, 3]]);

function unfinished(text) {
  const lines = text.trim().split(" ");
  return text.includes("<") && lines.length < (LINES.get(lines[0].length) ?? 1);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (!event.target.matches?.("[data-next]")) return;
  event.preventDefault();
  if (unfinished(event.target.value)) {
    event.target.value += " ";
    return;
  }
  const form = event.target.form;
  const fields = [...form.querySelectorAll("[data-next]")];
  const next = fields.slice(fields.indexOf(event.target) + 1).find((field) => !field.value);
  (next ?? form.elements.seen).focus();
});
