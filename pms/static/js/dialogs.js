// <dialog>s: a button with data-opens="id" opens one, data-closes closes the one it stands in.
// And the places that want the focus when a page arrives: the error summary.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog").close();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

const focusWanted = (root) => root.querySelector?.("[data-focus]")?.focus();
focusWanted(document);
document.addEventListener("htmx:after:swap", (event) => focusWanted(event.target));

