/* 现场踏勘: what an assessor writes on the phone about a venue. How it is kept without a line and sent once is `offline.js`; here is what a
   record of a visit consists of: a venue, each subject against what was filed, photos, and where the phone was. */
(() => {
  "use strict";
  const page = document.querySelector("[data-visit-page]");
  if (!page || !window.indexedDB) return;
  const { number, person, send, photo } = page.dataset;
  const form = page.querySelector("form[data-visit-form]");
  const summary = page.querySelector("[data-visit-errors]");
  const draftPlace = `${number}|${person}`;
  const written = JSON.parse(document.getElementById("visit-written").textContent);
  const HIDDEN = ["csrfmiddlewaretoken", "act", "request_key"];
  let editing = { act: "record", visit: "", revision: "", key: "" };
  let dirty = false;

  const { album, all, alone, begin, keep, key, one, show, store, tell, typed } = window.touchstoneOffline(page, {
    database: "touchstone-visits",
    title: (record) => `${record.venue}${record.act === "confirm" ? " · 确认" : ` · ${record.fields.visited_on}`}`,
    words: (record) => record.fields?.observations || "",
    different,
    onTheirs: (record) => ({ ...record, act: "revise", visit: String(record.theirs.visit), revision: String(record.theirs.revision) }),
    changeable: (record) => record.act !== "confirm",
    change: (record) => change(record.reached ? { ...record, act: "revise", key: "" } : record),
    sends: ({ fields: given, act, key: client_key, visit, revision }) => ({ ...given, act, client_key, visit, revision }),
    reached: (record, told) => ({ ...record, visit: String(told.visit), revision: String(told.revision ?? "") }),
    photoSends: (record, each) => ({ visit: record.visit, subject: each.subject }),
    synchronised: () => {
      if (!dirty) location.reload();
      else one("offline-said").textContent += " · 刷新后显示已同步的记录";
    },
  });

  const held = album(form, "subject", keepDraft);

  /* What is typed. */
  const fields = () => typed(form, HIDDEN);
  function fill(given) {
    for (const field of form.elements) {
      if (!field.name || field.type === "file" || HIDDEN.includes(field.name)) continue;
      if (field.type === "radio") field.checked = given[field.name] === field.value;
      else if (field.tagName !== "BUTTON") field.value = given[field.name] ?? "";
    }
    showPlace();
    showFiled();
  }
  async function keepDraft() {
    dirty = true;
    await store("drafts", "put", { place: draftPlace, fields: fields(), photos: held.photos, editing });
  }
  async function clear() {
    held.show([]);
    editing = { act: "record", visit: "", revision: "", key: "" };
    dirty = false;
    form.reset();
    fill({ ...fields(), latitude: "", longitude: "", accuracy: "", noted_at: "" });
    await store("drafts", "delete", draftPlace);
    one("visit-editing").hidden = true;
  }
  async function change(record) {
    editing = { act: record.act, visit: record.visit || "", revision: String(record.revision ?? ""), key: record.key || "" };
    held.show(record.photos || []);
    fill(record.fields);
    await keepDraft();
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

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const given = fields();
    const found = problems(given);
    tell(summary, found);
    if (found.length) return;
    const venue = form.elements.venue.selectedOptions[0].textContent;
    const at = new Date().toISOString();
    const record = { key: editing.key || key(), send, photo, act: editing.act, visit: editing.visit, revision: editing.revision };
    await keep({ ...record, fields: { ...given, noted_at: at }, venue, photos: held.photos, at });
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
  for (const other of all("form[data-visit-confirm]")) {
    other.addEventListener("submit", async (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { visit, revision, venue } = other.dataset;
      await keep({ send, photo, act: "confirm", visit, revision, fields: {}, venue });
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

  async function takeUp() {
    const draft = await store("drafts", "get", draftPlace);
    if (draft) {
      editing = draft.editing;
      held.show(draft.photos);
      fill(draft.fields);
      dirty = true;
      showEditing();
    }
    showPlace();
    showFiled();
    await begin();
  }
  takeUp();
})();
