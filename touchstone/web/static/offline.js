/* 离线填写: what somebody writes on a phone stays on the phone until the desk has it. Records, photos and what is half written lie in this
   browser's database; each record and each photo has a key of its own, so that sending twice keeps it once; a version changed elsewhere is shown
   beside one's own, and the person chooses. Pages that are written without a line share this; what is written there is their own matter (`its`). */
window.touchstoneOffline = (page, its) => {
  "use strict";
  const { number, person, worker } = page.dataset;
  const WIDEST = 1600;
  const AGAIN = 20000;
  let busy = false;

  const key = () =>
    crypto.randomUUID ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
  const one = (name, root = document) => root.querySelector(`[data-${name}]`);
  const all = (selector, root = page) => [...root.querySelectorAll(selector)];
  const strip = one("offline-strip", page);
  const list = one("offline-local", page);

  /* The browser's database: `records` wait to be sent, `drafts` are half written. */
  const opened = new Promise((done, failed) => {
    const asked = indexedDB.open(its.database, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("records", { keyPath: "key" });
      asked.result.createObjectStore("drafts", { keyPath: "place" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  async function store(name, act, value) {
    const database = await opened;
    return new Promise((done, failed) => {
      const deal = database.transaction(name, act === "get" || act === "getAll" ? "readonly" : "readwrite");
      const asked = value === undefined ? deal.objectStore(name)[act]() : deal.objectStore(name)[act](value);
      deal.oncomplete = () => done(asked.result);
      deal.onerror = deal.onabort = () => failed(deal.error);
    });
  }
  const waiting = async () => (await store("records", "getAll")).sort((a, b) => a.at.localeCompare(b.at));

  /* Photos: made smaller on the phone, kept as they are sent. */
  async function smaller(file) {
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
      const canvas = Object.assign(document.createElement("canvas"), { width: picture.width * scale, height: picture.height * scale });
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return { blob, name: `${file.name.replace(/\.[^.]*$/, "")}.jpg` };
    } catch {
      return { blob: file, name: file.name };
    }
  }
  const asAddress = (blob) =>
    new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsDataURL(blob);
    });
  async function thumbs(box, shown, remove) {
    const made = [];
    for (const each of shown) {
      const item = document.createElement("li");
      const image = Object.assign(document.createElement("img"), { src: await asAddress(each.blob), alt: each.name });
      item.append(image);
      if (remove) {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: "删去" });
        button.addEventListener("click", () => remove(each));
        item.append(button);
      }
      made.push(item);
    }
    box.replaceChildren(...made);
  }

  /* The photos of a form that wait to be sent with what is typed, each taken for one of its parts, which a photo names as `part`. */
  function album(form, part, changed) {
    const held = { photos: [] };
    held.show = (photos = held.photos) => {
      held.photos = photos;
      for (const box of all("[data-thumbs]", form)) {
        thumbs(box, photos.filter((each) => each[part] === box.dataset.thumbs), async (gone) => {
          held.photos = held.photos.filter((each) => each !== gone);
          await changed();
          held.show();
        });
      }
    };
    form.addEventListener("change", async (event) => {
      const input = event.target;
      if (!("photoOf" in input.dataset)) return;
      for (const file of input.files) held.photos.push({ key: key(), [part]: input.dataset.photoOf, ...(await smaller(file)) });
      input.value = "";
      await changed();
      held.show();
    });
    return held;
  }

  /* What is typed in a form, and what is wrong with it. */
  const typed = (form, hidden) => Object.fromEntries([...new FormData(form)].filter(([name, value]) => typeof value === "string" && !hidden.includes(name)));
  function tell(summary, found) {
    summary.hidden = !found.length;
    summary.querySelector("ul").replaceChildren(...found.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
    if (found.length) summary.focus();
  }

  /* Records that wait on this phone. */
  async function show() {
    const kept = (await waiting()).filter((record) => record.person === person);
    const here = kept.filter((record) => record.number === number);
    const others = (await waiting()).length - kept.length;
    const cards = [];
    for (const record of here) cards.push(await card(record));
    list.replaceChildren(...cards);
    const said = one("offline-said");
    const net = navigator.onLine ? "在线" : "离线，可以照常填写，记录保存在本机";
    said.textContent = kept.length ? `${net} · 有${kept.length}条未同步` : `${net} · 全部已同步`;
    one("offline-others").textContent = others ? `本机另有${others}条由他人填写，请其登录后同步。` : "";
    strip.dataset.tone = kept.length ? "warn" : "ok";
    one("offline-sync").hidden = !kept.length;
    one("offline-old").hidden = navigator.onLine;
    if (its.shown) its.shown(here);
  }
  async function card(record) {
    const made = document.getElementById("offline-card").content.firstElementChild.cloneNode(true);
    const put = (name, text) => (one(name, made).textContent = text);
    put("title", its.title(record));
    put("mark", record.theirs ? "有冲突" : record.problem ? "未能同步" : "未同步");
    if (record.problem) one("mark", made).classList.replace("ts-tone-warn", "ts-tone-danger");
    put("words", its.words(record));
    put("problem", record.problem || "");
    if (record.photos?.length) await thumbs(one("photos", made), record.photos);
    const table = one("differs", made);
    if (record.theirs) {
      for (const row of its.different(record.fields, record.theirs.fields)) {
        const line = table.tBodies[0].insertRow();
        row.forEach((text, place) => {
          const cell = line.insertCell();
          cell.dataset.label = table.tHead.rows[0].cells[place].textContent;
          cell.append(Object.assign(document.createElement("span"), { textContent: text }));
        });
      }
      table.hidden = false;
    }
    const act = (name, wanted, done) => {
      const button = one(name, made);
      button.hidden = !wanted;
      button.addEventListener("click", done);
    };
    act("mine", record.theirs, async () => {
      await store("records", "put", { ...its.onTheirs(record), theirs: null, problem: "" });
      await show();
      alone();
    });
    act("change", its.changeable(record) && !record.theirs, async () => {
      await store("records", "delete", record.key);
      await its.change(record);
      await show();
    });
    act("drop", true, async () => {
      if (!window.confirm("放弃后本机的这条内容不再保留。确定放弃？")) return;
      await store("records", "delete", record.key);
      await show();
      if (record.theirs && navigator.onLine) location.reload();
    });
    return made;
  }
  async function keep(record) {
    await store("records", "put", { key: key(), number, person, at: new Date().toISOString(), problem: "", photos: [], ...record });
  }

  /* Sending. */
  const token = () =>
    (document.cookie.match(/(?:^|; )csrftoken=([^;]*)/) || [])[1] ||
    page.querySelector("[name=csrfmiddlewaretoken]").value;
  async function post(address, body) {
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() }, redirect: "manual" });
    if (answer.status >= 500) throw new TypeError("away"); // as without a line: it stays here and is sent again by itself
    if (answer.type === "opaqueredirect") throw new Error("登录已过期，请登录后再同步；记录都在本机");
    const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    return { ok: answer.ok, told };
  }
  const packed = (given) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(given)) body.append(name, value);
    return body;
  };
  async function sendOne(waits) {
    const { ok, told } = await post(waits.send, packed(its.sends(waits)));
    if (!ok) {
      await store("records", "put", { ...waits, problem: told.message || "没有送达，请稍后再试。", theirs: told.theirs || null });
      return false;
    }
    const record = { ...(await its.reached(waits, told)), reached: true };
    for (const each of record.photos || []) {
      const body = packed({ request_key: each.key, ...its.photoSends(record, each) });
      body.append("photo", each.blob, each.name);
      const answer = await post(record.photo, body);
      if (!answer.ok) {
        await store("records", "put", { ...record, problem: `照片“${each.name}”未能同步：${answer.told.message || "请稍后再试。"}` });
        return false;
      }
    }
    await store("records", "delete", record.key);
    return true;
  }
  async function sync() {
    if (busy || !navigator.onLine) return show();
    busy = true;
    let sent = 0;
    try {
      for (const record of await waiting()) {
        if (record.person !== person || record.theirs) continue;
        one("offline-said").textContent = "正在同步…";
        if (await sendOne(record)) sent += 1;
      }
    } catch (problem) {
      await show();
      if (!(problem instanceof TypeError)) one("offline-said").textContent = problem.message;
      busy = false;
      return undefined;
    }
    busy = false;
    await show();
    if (sent) its.synchronised();
    return undefined;
  }
  /* One page sends at a time. Whoever asks meanwhile has it done once more afterwards, by one that waits: the line may have come back since. */
  let queued = false;
  async function alone() {
    if (!navigator.locks) return sync();
    if (queued) return undefined;
    queued = true;
    return navigator.locks.request(its.database, () => {
      queued = false;
      return sync();
    });
  }

  /* What this page is made of is kept for when there is no line. */
  async function keepPage() {
    if (!navigator.serviceWorker || !navigator.onLine) return;
    const held = await navigator.serviceWorker.register(worker);
    const ready = held.active || (await navigator.serviceWorker.ready).active;
    const made = all("script[src], link[rel=stylesheet], link[rel=icon]", document).map((part) => part.src || part.href);
    ready.postMessage({ keep: [location.pathname, ...made] });
    navigator.serviceWorker.addEventListener("message", (event) => event.data.kept && (page.dataset.kept = "yes"), { once: true });
  }
  async function begin() {
    one("offline-sync").addEventListener("click", alone);
    window.addEventListener("online", () => show().then(alone));
    window.addEventListener("offline", show);
    setInterval(async () => (await waiting()).some((record) => !record.problem) && alone(), AGAIN);
    all("[data-needs-script]").forEach((box) => (box.hidden = false));
    await show();
    page.dataset.ready = "yes";
    alone();
    keepPage().catch(() => {});
  }
  return { album, all, alone, begin, keep, key, one, show, store, tell, typed, waiting };
};
