/* 离线出示: keeps the page with the holder's own certificates, and what it is made of, for when there is no line. Nothing else is kept; the network
   always comes first. The page says what to keep (`keep`) and when to forget it (`forget`). */
"use strict";
const KEPT = "touchstone-wallet";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { keep, forget } = event.data || {};
  const tell = (told) => event.source && event.source.postMessage(told);
  if (Array.isArray(keep)) event.waitUntil(keepAll(keep).then((whole) => tell({ kept: whole })));
  if (forget) event.waitUntil(caches.delete(KEPT).then(() => tell({ forgotten: true })));
});

async function keepAll(addresses) {
  const cache = await caches.open(KEPT);
  const own = addresses.map((one) => new URL(one, self.location.origin)).filter((one) => one.origin === self.location.origin);
  const stored = await Promise.all(
    own.map(async (address) => {
      const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
      if (!answer || !answer.ok || answer.redirected) return false;
      await cache.put(address.pathname, answer);
      return true;
    }),
  );
  return stored.every(Boolean);
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const page = event.request.mode === "navigate" && address.pathname.endsWith("/wallet");
  if (event.request.method !== "GET" || address.origin !== self.location.origin || !(page || address.pathname.startsWith("/static/"))) return;
  event.respondWith(
    fetch(event.request).catch(async () => {
      const kept = await (await caches.open(KEPT)).match(address.pathname);
      return kept || Response.error();
    }),
  );
});
