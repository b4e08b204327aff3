// The hotel's clock goes on from the server's time: the browser's own zone and setting do not matter.

const clock = document.querySelector("[data-clock]");

if (clock) {
  const [, hours, minutes] = clock.dataset.clock.match(/T(\d\d):(\d\d)/).map(Number);
  const seconds = Number(clock.dataset.clock.match(/T\d\d:\d\d:(\d\d)/)?.[1] ?? 0);
  const begun = performance.now();
  const two = (number) => String(number).padStart(2, "0");
  const show = () => {
    const now = hours * 60 + minutes + Math.floor((seconds + (performance.now() - begun) / 1000) / 60);
    const text = `${two(Math.floor(now / 60) % 24)}:${two(now % 60)}`;
    if (clock.textContent !== text) clock.textContent = text;
  };
  setInterval(show, 1000);
}
