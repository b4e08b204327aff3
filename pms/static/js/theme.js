// The theme changes at once; the form behind the switch tells the server, which remembers it for the user.

const form = document.querySelector("[data-theme-switch]");

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  const wanted = form.elements.theme;
  const root = document.documentElement;
  const sent = new FormData(form);
  root.dataset.bsTheme = wanted.value;
  wanted.value = wanted.value === "dark" ? "light" : "dark";
  button.setAttribute("aria-label", wanted.value === "dark" ? button.dataset.dark : button.dataset.light);
  await fetch(form.action, { method: "POST", body: sent, redirect: "manual" });
});
