// While a date is being closed the steps are drawn again and again: after this page's own button, whose answer comes
// when all is done, and when somebody else's run is watched. A watcher is led on when the run has ended.

const PAUSE = 700;
const BY_ITSELF = { "X-Live": "1" };

let mine = false;
let following = false;

async function follow() {
  following = true;
  const steps = document.getElementById("steps");
  const answer = await fetch(steps.dataset.url, { headers: BY_ITSELF }).catch(() => null);
  if (answer?.ok) {
    steps.innerHTML = await answer.text();
    const state = answer.headers.get("X-Audit");
    if (!mine && state === "closed") return location.assign(steps.dataset.closed);
    if (!mine && state === "waits") return location.reload();
  }
  setTimeout(follow, PAUSE);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-closing]");
  if (!form) return;
  if (mine) return event.preventDefault(); // pressed twice
  mine = true;
  form.closest("footer").dataset.held = "";
  document.querySelectorAll("[data-before-closing]").forEach((part) => (part.hidden = true));
  document.querySelectorAll("[data-while-closing]").forEach((part) => (part.hidden = false));
  if (!following) setTimeout(follow, PAUSE);
});

const watch = () => {
  if (!following && document.querySelector("#steps[data-running]")) follow();
};

document.addEventListener("live:drawn", watch);
watch();
