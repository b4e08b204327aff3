// "Why not room ___?": the number is asked for when it is typed, the answer stands below its field.

async function answer(field) {
  const here = field.parentElement.querySelector("[data-why-not-here]");
  const wanted = field.value.trim();
  if (field.dataset.asked === wanted) return;
  field.dataset.asked = wanted;
  const said = wanted && (await fetch(`${field.dataset.whyNot}?room=${encodeURIComponent(wanted)}`));
  here.innerHTML = said ? await said.text() : "";
}

document.addEventListener("change", (event) => event.target.matches("[data-why-not]") && answer(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("[data-why-not]")) return;
  event.preventDefault(); // it is a question, not the form around it
  answer(event.target);
});
