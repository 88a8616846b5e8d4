/* 机考断网: while there is no line, a reload shows our own page, which waits and goes back by itself. Nothing of the paper is kept here: only that
   page and what it is made of. */
"use strict";
const KEPT = "touchstone-exam-away";
const AWAY = "/exam/away";

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/* The page, and the style sheets and scripts it names. */
async function keep() {
  const cache = await caches.open(KEPT);
  const answer = await fetch(AWAY, { credentials: "same-origin", cache: "no-store" });
  const text = await answer.clone().text();
  await cache.put(AWAY, answer);
  const parts = [...text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  await Promise.all(parts.map((one) => cache.add(one).catch(() => null)));
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const page = event.request.mode === "navigate" && address.pathname.startsWith("/exam/");
  if (event.request.method !== "GET" || address.origin !== self.location.origin || !(page || address.pathname.startsWith("/static/"))) return;
  event.respondWith(
    fetch(event.request).catch(async () => {
      const kept = await (await caches.open(KEPT)).match(page ? AWAY : event.request, { ignoreSearch: page });
      return kept || Response.error();
    }),
  );
});
