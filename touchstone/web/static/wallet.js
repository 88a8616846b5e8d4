/* 离线出示: keeps this page on the phone once its holder asks for that, says whether it is kept and whether there is a line, and forgets it again. */
(() => {
  "use strict";
  const page = document.querySelector("[data-wallet]");
  if (!page) return;
  const one = (name) => page.querySelector(`[data-part="${name}"]`);
  const place = "touchstone-wallet-kept";
  const line = () => (one("offline").hidden = navigator.onLine);
  window.addEventListener("online", line);
  window.addEventListener("offline", line);
  line();
  let offer = null;
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    one("install").hidden = false;
  });
  one("install").addEventListener("click", () => {
    offer.prompt();
    one("install").hidden = true;
  });
  if (!("serviceWorker" in navigator) || !window.isSecureContext) {
    one("cannot").hidden = false;
    return;
  }
  const show = (kept) => {
    one("keep").hidden = kept;
    one("kept").hidden = !kept;
    page.dataset.kept = kept ? "yes" : "no";
  };
  const worker = async () => {
    await navigator.serviceWorker.register(page.dataset.worker, { scope: page.dataset.scope });
    return (await navigator.serviceWorker.ready).active;
  };
  async function keep() {
    const used = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], link[rel=manifest], script[src]")].map((each) => each.href || each.src);
    const icons = [...document.querySelectorAll("use")].map((each) => new URL(each.getAttribute("href"), location.href).pathname);
    (await worker()).postMessage({ keep: [...new Set([location.pathname, ...used, ...icons])] });
  }
  navigator.serviceWorker.addEventListener("message", (event) => {
    const { kept, forgotten } = event.data || {};
    if (kept) localStorage.setItem(place, page.dataset.person);
    if (forgotten) localStorage.removeItem(place);
    if (kept || forgotten) show(Boolean(kept));
    if (kept === false) one("failed").hidden = false;
  });
  one("keep-now").addEventListener("click", keep);
  one("forget").addEventListener("click", async () => (await worker()).postMessage({ forget: true }));
  const known = localStorage.getItem(place);
  show(known === page.dataset.person);
  if (known === page.dataset.person && navigator.onLine) keep();
  if (known && known !== page.dataset.person) worker().then((found) => found.postMessage({ forget: true }));
})();
