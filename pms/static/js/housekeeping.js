// At the desk: on a row of the board x ticks it and t taps its button; Enter opens the room (keys.js).

document.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-row]");
  const off = document.documentElement.dataset.keys === "off";
  if (!row || off || event.target !== row || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "x") row.querySelector("[type=checkbox]").click();
  if (event.key === "t") row.querySelector("[name=tap]")?.click();
});
