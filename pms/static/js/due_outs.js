// The call list: the first guest nobody has reached is chosen at once, and the list is printed on a key.

document.querySelector("[data-prints]")?.addEventListener("click", () => print());

if (!location.hash) document.querySelector("#calls tr[data-row]")?.click();
