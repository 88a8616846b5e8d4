/* 离线查验: keeps the checking page and what it is made of, the list of issuers and the status lists, for when there is no line. No certificate is
   kept: what follows the # of an address is never part of a request. */
"use strict";
const KEPT = "touchstone-checker", PATIENCE = 6000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { keep } = event.data || {};
  if (!Array.isArray(keep)) return;
  event.waitUntil(Promise.all(keep.map((address) => fresh(new Request(new URL(address, self.location.origin))).catch(() => null))).then(() => event.source && event.source.postMessage({ kept: true })));
});

const ours = (address, mode) =>
  mode === "navigate" ? address.pathname === "/v"
  : address.pathname.startsWith("/static/") || address.pathname.startsWith("/status/") || ["/issuers.json", "/log/keys.txt", "/v/root.json", "/v/manifest.json", "/v"].includes(address.pathname);

async function fresh(request) {
  const address = new URL(request.url);
  if (address.origin !== self.location.origin || !ours(address, request.mode)) throw new Error("not ours");
  const answer = await fetch(request.mode === "navigate" ? request : new Request(request.url, { credentials: "omit", cache: "no-cache" }));
  if (answer.ok && !answer.redirected) await (await caches.open(KEPT)).put(address.pathname, answer.clone());
  return answer;
}

async function kept(request) {
  const found = await (await caches.open(KEPT)).match(new URL(request.url).pathname);
  if (!found) return null;
  const headers = new Headers(found.headers);
  headers.set("X-Kept", "1");
  return new Response(found.body, { status: found.status, headers });
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin || !ours(address, event.request.mode)) return;
  const late = new Promise((resolve) => { setTimeout(() => resolve(null), PATIENCE); });
  const network = fresh(event.request).catch(() => null);
  event.respondWith(
    Promise.race([network, late]).then(async (answer) => answer || (await kept(event.request)) || (await network) || Response.error()),
  );
});
