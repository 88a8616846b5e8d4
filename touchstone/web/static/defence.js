/* 答辩计时: how long a candidate stands before the panel, counted on by the page from the server's two moments. */
(() => {
  "use strict";
  const clock = document.querySelector("[data-since]");
  if (!clock) return;
  const lag = Date.now() - Date.parse(clock.dataset.now);
  const since = Date.parse(clock.dataset.since);
  const tick = () => {
    const seconds = Math.max(0, Math.floor((Date.now() - lag - since) / 1000));
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  tick();
  setInterval(tick, 1000);
})();
