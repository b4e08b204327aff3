// Toasts stay 6 seconds; not while the pointer or the focus is on one, and not while its Undo could still be wanted there.
// One that waits for an answer stays until the page is left.

const STAY = 6000;

function let_go(toast) {
  let timer;
  const start = () => (timer = setTimeout(() => toast.remove(), STAY));
  const stop = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", start);
  start();
}

document.querySelectorAll(".pms-toast:not([data-waits])").forEach(let_go);
