// The grid of types and rates: arrows walk it in two directions, a digit goes to the type of that number.
// Radios as the browser has them know only one direction.

const rowsOf = (grid) =>
  [...grid.querySelectorAll("tbody tr")].map((row) => [...row.cells].map((cell) => cell.querySelector("input[type=radio]:enabled")));

function take(radio) {
  if (!radio) return;
  radio.focus();
  if (!radio.checked) radio.click();
}

// The nearest cell of a row that can be chosen, best in the same column.
const nearest = (row, column) =>
  row.map((radio, at) => [radio, Math.abs(at - column)]).filter(([radio]) => radio).sort((a, b) => a[1] - b[1])[0]?.[0];

function walk(rows, here, key) {
  const y = rows.findIndex((row) => row.includes(here));
  const x = rows[y].indexOf(here);
  if (key === "ArrowLeft") return rows[y].slice(0, x).findLast(Boolean);
  if (key === "ArrowRight") return rows[y].slice(x + 1).find(Boolean);
  const way = key === "ArrowUp" ? rows.slice(0, y).reverse() : rows.slice(y + 1);
  return nearest(way.find((row) => row.some(Boolean)) ?? [], x);
}

const waitlistOf = (grid, row) => grid.querySelectorAll("tbody tr")[row]?.querySelector("button[name=wait_for]");

document.addEventListener(
  "keydown",
  (event) => {
    const radio = event.target.closest?.("[data-grid] input[type=radio]");
    if (!radio || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const grid = radio.closest("[data-grid]");
    const rows = rowsOf(grid);
    if (event.key.startsWith("Arrow")) {
      take(walk(rows, radio, event.key));
    } else if (/^[1-9]$/.test(event.key)) {
      const column = rows.find((row) => row.includes(radio)).indexOf(radio);
      const wanted = nearest(rows[event.key - 1] ?? [], column);
      if (wanted) take(wanted);
      else waitlistOf(grid, event.key - 1)?.focus(); // a type that is full leads to its list
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

// A day or a number is typed over what stands there, not behind it.
const whole = (field) => field?.matches?.("[data-when]") && field.select();
document.addEventListener("focusin", (event) => whole(event.target));
whole(document.activeElement);
