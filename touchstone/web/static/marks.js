/* 考评评分: what an assessor gives on the phone, candidate by candidate. How it is kept without a line and sent once is `offline.js`; here is what a
   record of marks consists of: a mark and a word for each scoring point, and photos. A candidate has at most one record waiting. */
(() => {
  "use strict";
  const page = document.querySelector("[data-marks-page]");
  if (!page || !window.indexedDB) return;
  const { number, person, send, photo } = page.dataset;
  const form = page.querySelector("form[data-marks-form]");
  const summary = page.querySelector("[data-marks-errors]");
  const sheets = new Map(JSON.parse(document.getElementById("marks-sheets").textContent).map((sheet) => [sheet.id, sheet]));
  const HIDDEN = ["csrfmiddlewaretoken", "act", "request_key", "ticket", "review", "revision"];
  let now = page.querySelector("[data-sheet][aria-current]").dataset.sheet;

  const device = localStorage.getItem("touchstone-device") || Math.random().toString(36).slice(2, 12);
  localStorage.setItem("touchstone-device", device);

  const { album, all, alone, begin, keep, one, show, store, tell, typed, waiting } = window.touchstoneOffline(page, {
    database: "touchstone-marks",
    title: (record) => `${record.name} · ${{ save: "保存", hand_in: "提交" }[record.act]}`,
    words: (record) => `合计${total(record.fields)}分`,
    different,
    onTheirs: (record) => {
      takeOver(record.theirs);
      return { ...record, revision: record.theirs.revision };
    },
    changeable: () => true,
    change: async (record) => {
      if (record.theirs) takeOver(record.theirs);
      await keepDraft(record.sheet, record.fields, record.photos);
      await open(record.sheet);
    },
    sends: ({ fields, act, key: client_key, ticket, review, revision, at }) => ({ ...fields, act, client_key, ticket, review: review ? "yes" : "", revision, noted_at: at, device }),
    reached: async (record, told) => {
      takeOver(told.stands);
      for (const later of await waiting()) {
        // written here while this one was under way: it rests on it, and on no other device's
        if (later.sheet === record.sheet && later.person === person && later.key !== record.key && !later.theirs) {
          await store("records", "put", { ...later, revision: told.stands.revision });
        }
      }
      return { ...record, revision: told.stands.revision };
    },
    photoSends: (record, each) => ({ ticket: record.ticket, review: record.review ? "yes" : "", point: each.point }),
    synchronised: () => {},
    shown: showStates,
  });

  const held = album(form, "point", () => keepDraft());

  /* What stands on the server, as far as this page knows. */
  const own = () => sheets.get(now);
  const draftPlace = (id) => `${number}|${person}|${id}`;
  function takeOver(sheet) {
    sheets.set(sheet.id, sheet);
    const waits = document.activeElement && form.contains(document.activeElement);
    if (sheet.id === now && !waits) open(now);
    else if (sheet.id === now) showHandedIn();
  }
  function showHandedIn() {
    const done = own().handed_in;
    one("marks-reason").hidden = !done;
    one("marks-save").hidden = done;
    one("marks-hand-in").textContent = done ? "更正评分" : "提交评分";
    form.elements.revision.value = own().revision;
  }
  async function showStates(here) {
    const records = here || (await waiting()).filter((record) => record.number === number && record.person === person);
    for (const link of all("[data-sheet]")) {
      const sheet = sheets.get(link.dataset.sheet);
      const kept = records.find((record) => record.sheet === sheet.id);
      const box = one("sheet-state", link);
      box.textContent = kept ? (kept.problem ? "未能同步" : "本机已存") : sheet.review && !sheet.handed_in ? "待复评" : sheet.state;
      box.className = `ts-state ts-tone-${kept ? (kept.problem ? "danger" : "warn") : sheet.tone}`;
    }
  }

  /* What is typed. */
  const fields = () => typed(form, HIDDEN);
  function fill(given) {
    for (const field of form.elements) if (field.name && field.type !== "file" && field.tagName === "INPUT" && !HIDDEN.includes(field.name)) field.value = given[field.name] ?? "";
    showTotal();
  }
  const amount = (text) => Number(String(text || "").trim().replace("．", "."));
  function total(given) {
    const sum = Object.entries(given).reduce((so, [name, value]) => (name.startsWith("mark_") && value.trim() ? so + amount(value) : so), 0);
    return Number.isFinite(sum) ? Math.round(sum * 10) / 10 : "—";
  }
  const showTotal = () => (one("marks-total").textContent = total(fields()));
  async function keepDraft(id = now, given = fields(), taken = held.photos) {
    await store("drafts", "put", { place: draftPlace(id), fields: given, photos: taken });
  }
  async function open(id) {
    now = id;
    const sheet = own();
    const draft = await store("drafts", "get", draftPlace(id));
    const kept = (await waiting()).find((record) => record.number === number && record.person === person && record.sheet === id);
    for (const name of ["ticket", "revision"]) form.elements[name].value = sheet[name];
    form.elements.review.value = sheet.review ? "yes" : "";
    fill({ reason: "", ...sheet.fields, ...(kept ? kept.fields : {}), ...(draft ? draft.fields : {}) });
    one("marks-who").textContent = `${sheet.seat}号 ${sheet.name}${sheet.review ? "（复评）" : ""}`;
    for (const link of all("[data-sheet]")) {
      if (link.dataset.sheet === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    tell(summary, []);
    showHandedIn();
    held.show(draft?.photos || []);
  }
  for (const link of all("[data-sheet]")) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      await open(link.dataset.sheet);
      one("marks-who").scrollIntoView({ block: "center" });
    });
  }
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    showTotal();
    keepDraft();
  });
  for (const button of all("[data-give-full]", form)) {
    button.addEventListener("click", () => {
      const box = button.closest("[data-point]");
      form.elements[`mark_${box.dataset.point}`].value = box.dataset.full;
      showTotal();
      keepDraft();
    });
  }

  function problems(given, whole) {
    const found = [];
    let open = 0;
    for (const box of all("[data-point]", form)) {
      const text = String(given[`mark_${box.dataset.point}`] || "").trim();
      const mark = amount(text);
      const full = Number(box.dataset.full);
      const wrong = text && !(mark >= 0 && mark <= full && Math.abs(mark * 10 - Math.round(mark * 10)) < 1e-9);
      box.classList.toggle("is-wrong", Boolean(wrong) || (whole && !text));
      if (wrong) found.push(`“${box.dataset.label}”应在0至${full}分之间，最多一位小数。`);
      if (!text) open += 1;
    }
    if (whole && open) found.push(`还有${open}个评分点没有给分。`);
    if (own().handed_in && !String(given.reason || "").trim()) found.push("评分已经提交，请写明改分理由。");
    return found;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const act = event.submitter?.value || "save";
    const given = fields();
    const found = problems(given, act === "hand_in");
    tell(summary, found);
    if (found.length) return;
    const sheet = own();
    const before = (await waiting()).filter((record) => record.number === number && record.person === person && record.sheet === sheet.id);
    for (const record of before) await store("records", "delete", record.key);
    const hands = act === "hand_in" || before.some((record) => record.act === "hand_in");
    const taken = [...before.flatMap((record) => record.photos || []), ...held.photos];
    await keep({ send, photo, sheet: sheet.id, ticket: sheet.ticket, name: sheet.name, review: sheet.review, revision: sheet.revision, act: hands ? "hand_in" : "save", fields: given, photos: taken });
    await store("drafts", "delete", draftPlace(sheet.id));
    held.show([]);
    document.activeElement?.blur();
    await show();
    alone();
  }, true);

  const labels = Object.fromEntries(all("[data-point]", form).map((box) => [box.dataset.point, box.dataset.label]));
  function different(mine, theirs) {
    const found = [];
    for (const name of Object.keys({ ...mine, ...theirs })) {
      const [kind, point] = name.split("_", 2);
      if (!(point in labels) || (mine[name] || "") === (theirs[name] || "")) continue;
      const read = (value) => (value ? `${value}${kind === "mark" ? "分" : ""}` : "（空）");
      found.push([`${labels[point]}${kind === "words" ? "的说明" : ""}`, read(theirs[name]), read(mine[name])]);
    }
    return found;
  }

  async function takeUp() {
    await open(now);
    await begin();
  }
  takeUp();
})();
