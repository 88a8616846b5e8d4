/* 现场踏勘: what an assessor writes on the phone stays on the phone until the desk has it. Records, photos and what is half written lie in
   this browser's database; each record and each photo has a key of its own, so that sending twice keeps it once; a version changed elsewhere
   is shown beside one's own, and the person chooses. */
(() => {
  "use strict";
  const page = document.querySelector("[data-visit-page]");
  if (!page || !window.indexedDB) return;
  const { number, person, send, photo, worker } = page.dataset;
  const form = page.querySelector("form[data-visit-form]");
  const strip = page.querySelector("[data-visit-strip]");
  const list = page.querySelector("[data-visit-local]");
  const summary = page.querySelector("[data-visit-errors]");
  const draftPlace = `${number}|${person}`;
  const written = JSON.parse(document.getElementById("visit-written").textContent);
  const WIDEST = 1600;
  const AGAIN = 20000;
  let photos = [];
  let editing = { act: "record", visit: "", revision: "", key: "" };
  let busy = false;
  let dirty = false;

  const key = () =>
    crypto.randomUUID ? crypto.randomUUID() : [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
  const one = (name, root = document) => root.querySelector(`[data-${name}]`);
  const all = (selector, root = page) => [...root.querySelectorAll(selector)];

  /* The browser's database: `records` wait to be sent, `drafts` are half written. */
  const opened = new Promise((done, failed) => {
    const asked = indexedDB.open("touchstone-visits", 1);
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

  /* What is typed. */
  function fields() {
    const given = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !["csrfmiddlewaretoken", "act", "request_key"].includes(name)) given[name] = value;
    }
    return given;
  }
  function fill(given) {
    for (const field of form.elements) {
      if (!field.name || field.type === "file" || ["csrfmiddlewaretoken", "act", "request_key"].includes(field.name)) continue;
      if (field.type === "radio") field.checked = given[field.name] === field.value;
      else if (field.tagName !== "BUTTON") field.value = given[field.name] ?? "";
    }
    showPlace();
    showFiled();
  }
  async function keepDraft() {
    dirty = true;
    await store("drafts", "put", { place: draftPlace, fields: fields(), photos, editing });
  }
  async function clear() {
    photos = [];
    editing = { act: "record", visit: "", revision: "", key: "" };
    dirty = false;
    form.reset();
    fill({ ...fields(), latitude: "", longitude: "", accuracy: "", noted_at: "" });
    await store("drafts", "delete", draftPlace);
    showPhotos();
    one("visit-editing").hidden = true;
  }
  async function change(record) {
    editing = { act: record.act, visit: record.visit || "", revision: String(record.revision ?? ""), key: record.key || "" };
    photos = record.photos || [];
    fill(record.fields);
    await keepDraft();
    showPhotos();
    showEditing();
    form.scrollIntoView({ block: "start" });
  }
  function showEditing() {
    const box = one("visit-editing");
    box.hidden = !(editing.visit || editing.key);
    box.querySelector("span").textContent = editing.act === "revise" ? "正在修改已保存的记录" : "正在修改本机的记录";
  }

  function problems(given) {
    const found = [];
    const want = (name, words) => String(given[name] || "").trim() || found.push(words);
    want("visited_on", "请填写踏勘日期。");
    want("met_with", "请填写机构陪同人员。");
    for (const box of all("[data-subject]", form)) {
      const seen = given[`seen_${box.dataset.subject}`];
      if (!seen) found.push(`还没有核对${box.dataset.label}。`);
      else if (seen !== "as_filed") want(`words_${box.dataset.subject}`, `${box.dataset.label}与填报不同，请写明现场的情况。`);
    }
    want("observations", "请填写现场情况。");
    if (!given.accuracy) want("place_unknown", "没有现场定位，请写明理由。");
    return found;
  }
  function tell(found) {
    summary.hidden = !found.length;
    summary.querySelector("ul").replaceChildren(...found.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
    if (found.length) summary.focus();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const given = fields();
    const found = problems(given);
    tell(found);
    if (found.length) return;
    const venue = form.elements.venue.selectedOptions[0].textContent;
    const at = new Date().toISOString();
    const record = { key: editing.key || key(), number, person, send, photo, act: editing.act, visit: editing.visit, revision: editing.revision };
    await store("records", "put", { ...record, fields: { ...given, noted_at: at }, venue, photos, at, problem: "" });
    await clear();
    await show();
    window.scrollTo({ top: 0 });
    alone();
  }, true);
  form.addEventListener("input", keepDraft);
  form.addEventListener("change", (event) => {
    if (event.target.name === "venue") showFiled();
  });
  const showFiled = () => all("[data-filed-of]", form).forEach((box) => (box.hidden = box.dataset.filedOf !== form.elements.venue.value));

  /* Where the phone is. */
  one("visit-locate").addEventListener("click", () => {
    const say = one("visit-place");
    if (!navigator.geolocation || !window.isSecureContext) {
      say.textContent = "本机不能定位，请写明理由。";
      return;
    }
    say.textContent = "正在定位…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        for (const name of ["latitude", "longitude", "accuracy"]) form.elements[name].value = coords[name];
        form.elements.place_unknown.value = "";
        showPlace();
        keepDraft();
      },
      (error) => {
        say.textContent = `没有取到定位（${error.code === 1 ? "没有允许使用位置" : "没有信号"}），请写明理由。`;
        form.elements.place_unknown.focus();
      },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  });
  function showPlace() {
    const near = form.elements.accuracy.value;
    const at = (name) => Number(form.elements[name].value).toFixed(5);
    one("visit-place").textContent = near ? `已定位：北纬${at("latitude")}，东经${at("longitude")}，误差约${Math.round(near)}米` : "还没有定位";
  }

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
  form.addEventListener("change", async (event) => {
    const input = event.target;
    if (!("photoOf" in input.dataset)) return;
    for (const file of input.files) photos.push({ key: key(), subject: input.dataset.photoOf, ...(await smaller(file)) });
    input.value = "";
    await keepDraft();
    showPhotos();
  });
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
  function showPhotos() {
    for (const box of all("[data-thumbs]", form)) {
      thumbs(box, photos.filter((each) => each.subject === box.dataset.thumbs), async (gone) => {
        photos = photos.filter((each) => each !== gone);
        await keepDraft();
        showPhotos();
      });
    }
  }

  /* Records that wait on this phone. */
  const labels = Object.fromEntries(all("[data-subject]", form).map((box) => [box.dataset.subject, box.dataset.label]));
  const seenWords = (value) => form.querySelector(`input[type=radio][value="${value}"]`)?.closest("label")?.textContent.trim() || "未核对";
  const names = { visited_on: "踏勘日期", met_with: "陪同人员", observations: "现场情况", place_unknown: "没有定位的理由" };
  function different(mine, theirs) {
    const found = [];
    for (const name of Object.keys({ ...mine, ...theirs })) {
      if (["noted_at", "latitude", "longitude", "accuracy"].includes(name) || (mine[name] || "") === (theirs[name] || "")) continue;
      const [kind, subject] = name.split("_", 2);
      const label = names[name] || (labels[subject] ? `${labels[subject]}${kind === "words" ? "的情况" : ""}` : "考核点");
      const read = (value) => (kind === "seen" ? seenWords(value) : value) || "（空）";
      found.push([label, read(theirs[name]), read(mine[name])]);
    }
    return found;
  }
  async function show() {
    const kept = (await waiting()).filter((record) => record.person === person);
    const here = kept.filter((record) => record.number === number);
    const others = (await waiting()).length - kept.length;
    const cards = [];
    for (const record of here) cards.push(await card(record));
    list.replaceChildren(...cards);
    const said = one("visit-said");
    const net = navigator.onLine ? "在线" : "离线，可以照常填写，记录保存在本机";
    said.textContent = kept.length ? `${net} · 有${kept.length}条未同步` : `${net} · 全部已同步`;
    one("visit-others").textContent = others ? `本机另有${others}条由他人填写，请其登录后同步。` : "";
    strip.dataset.tone = kept.length ? "warn" : "ok";
    one("visit-sync").hidden = !kept.length;
    one("visit-old").hidden = navigator.onLine;
  }
  async function card(record) {
    const made = document.getElementById("visit-local-card").content.firstElementChild.cloneNode(true);
    const put = (name, text) => (one(name, made).textContent = text);
    put("title", `${record.venue}${record.act === "confirm" ? " · 确认" : ` · ${record.fields.visited_on}`}`);
    put("mark", record.theirs ? "有冲突" : record.problem ? "未能同步" : "未同步");
    if (record.problem) one("mark", made).classList.replace("ts-tone-warn", "ts-tone-danger");
    put("words", record.fields?.observations || "");
    put("problem", record.problem || "");
    if (record.photos?.length) await thumbs(one("photos", made), record.photos);
    const table = one("differs", made);
    if (record.theirs) {
      for (const row of different(record.fields, record.theirs.fields)) {
        const line = table.tBodies[0].insertRow();
        row.forEach((text) => (line.insertCell().textContent = text));
      }
      table.hidden = false;
    }
    const act = (name, wanted, done) => {
      const button = one(name, made);
      button.hidden = !wanted;
      button.addEventListener("click", done);
    };
    act("mine", record.theirs, async () => {
      const { visit, revision } = record.theirs;
      await store("records", "put", { ...record, act: "revise", visit: String(visit), revision: String(revision), theirs: null, problem: "" });
      await show();
      alone();
    });
    act("change", record.act !== "confirm" && !record.theirs, async () => {
      await store("records", "delete", record.key);
      await change(record.reached ? { ...record, act: "revise", key: "" } : record);
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

  /* Sending. */
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]*)/) || [])[1] || form.elements.csrfmiddlewaretoken.value;
  async function post(address, body) {
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() }, redirect: "manual" });
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
    let record = waits;
    const { key: client_key, act, visit, revision } = record;
    const { ok, told } = await post(record.send, packed({ ...record.fields, act, client_key, visit, revision }));
    if (!ok) {
      await store("records", "put", { ...record, problem: told.message || "没有送达，请稍后再试。", theirs: told.theirs || null });
      return false;
    }
    record = { ...record, visit: String(told.visit), revision: String(told.revision ?? ""), reached: true };
    for (const each of record.photos || []) {
      const body = packed({ request_key: each.key, visit: record.visit, subject: each.subject });
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
        one("visit-said").textContent = "正在同步…";
        if (await sendOne(record)) sent += 1;
      }
    } catch (problem) {
      await show();
      if (!(problem instanceof TypeError)) one("visit-said").textContent = problem.message;
      busy = false;
      return undefined;
    }
    busy = false;
    await show();
    if (sent && !dirty) location.reload();
    else if (sent) one("visit-said").textContent += " · 刷新后显示已同步的记录";
    return undefined;
  }
  const alone = () =>
    navigator.locks ? navigator.locks.request("touchstone-visits", { ifAvailable: true }, (held) => (held ? sync() : show())) : sync();

  one("visit-sync").addEventListener("click", alone);
  window.addEventListener("online", alone);
  window.addEventListener("offline", show);
  setInterval(async () => (await waiting()).some((record) => !record.problem) && alone(), AGAIN);
  for (const other of all("form[data-visit-confirm]")) {
    other.addEventListener("submit", async (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { visit, revision, venue } = other.dataset;
      const record = { key: key(), number, person, send, photo, act: "confirm", visit, revision, fields: {}, venue, photos: [] };
      await store("records", "put", { ...record, at: new Date().toISOString(), problem: "" });
      await show();
    }, true);
  }
  for (const button of all("[data-visit-change]")) {
    button.hidden = false;
    const kept = written.find((record) => String(record.visit) === button.dataset.visitChange);
    button.addEventListener("click", () => change({ ...kept, act: "revise", visit: String(kept.visit) }));
  }
  one("visit-new").addEventListener("click", async () => {
    await clear();
    await show();
  });

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
    const draft = await store("drafts", "get", draftPlace);
    if (draft) {
      ({ photos, editing } = draft);
      fill(draft.fields);
      dirty = true;
      showPhotos();
      showEditing();
    }
    showPlace();
    showFiled();
    all("[data-needs-script]").forEach((box) => (box.hidden = false));
    await show();
    page.dataset.ready = "yes";
    alone();
    keepPage().catch(() => {});
  }
  begin();
})();
