// Arrows go from cell to cell of the week; left and right only from the ends of what is typed.

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function leaves(input, key) {
  if (key === "ArrowUp" || key === "ArrowDown") return true;
  const { selectionStart: from, selectionEnd: to, value } = input;
  const whole = from === 0 && to === value.length;
  return whole || (from === to && from === (key === "ArrowLeft" ? 0 : value.length));
}

function next(input, [down, right]) {
  let row = input.closest("tr");
  let place = input.closest("td").cellIndex;
  do {
    row = down > 0 ? row.nextElementSibling : down < 0 ? row.previousElementSibling : row;
    place += right;
    const cell = row?.cells[place];
    if (!cell) return null;
    const found = cell.querySelector(".roster-cell");
    if (found) return found;
  } while (true);
}

document.getElementById("roster-form")?.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || event.isComposing || !event.target.matches(".roster-cell") || !leaves(event.target, event.key)) return;
  const found = next(event.target, step);
  if (!found) return;
  event.preventDefault();
  found.focus();
  found.select();
});
