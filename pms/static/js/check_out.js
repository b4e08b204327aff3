// The check-out sheet: a last charge that is typed is added to what is to pay before anything is sent.

const form = document.getElementById("check-out-form");
const rest = form.querySelector("[data-rest]");
const charge = document.getElementById("charge");
const digits = rest?.textContent.match(/\.(\d+)$/)?.[1].length ?? 0;
const plain = new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

function show() {
  const typed = Number(charge.value.replaceAll(/[,，]/g, ""));
  const added = Number.isFinite(typed) && typed > 0 ? typed : 0;
  const owed = Number(rest.dataset.rest) / 10 ** digits + added;
  rest.textContent = plain.format(Math.abs(owed));
}

if (rest) charge.addEventListener("input", show);
