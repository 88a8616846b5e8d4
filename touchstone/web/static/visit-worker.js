/* 离线填写: keeps the page of a site visit, an inspection or an assessor's marks, and what it is made of, for when there is no line. Nothing else is kept;
   what is sent never goes through here. The page says what to keep (`keep`); the network always comes first. */
"use strict";
const KEPT = "touchstone-visit";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { keep } = event.data || {};
  if (Array.isArray(keep)) event.waitUntil(keepAll(keep).then(() => event.source && event.source.postMessage({ kept: true })));
});

async function keepAll(addresses) {
  const cache = await caches.open(KEPT);
  const own = addresses.map((one) => new URL(one, self.location.origin)).filter((one) => one.origin === self.location.origin);
  await Promise.all(
    own.map(async (address) => {
      const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
      if (answer && answer.ok && !answer.redirected) await cache.put(address.pathname, answer);
    }),
  );
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const page = event.request.mode === "navigate" && /\/(filings\/[^/]+\/visit|assignments\/[^/]+\/marks|inspections\/visits\/[^/]+\/sheet)$/.test(address.pathname);
  if (event.request.method !== "GET" || address.origin !== self.location.origin || !(page || address.pathname.startsWith("/static/"))) return;
  event.respondWith(
    fetch(event.request).catch(async () => {
      const kept = await (await caches.open(KEPT)).match(address.pathname);
      return kept || Response.error();
    }),
  );
});
