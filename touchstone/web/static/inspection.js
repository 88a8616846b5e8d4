/* 检查记录: what an inspector answers on the phone, question by question. How it is kept without a line and sent once is `offline.js`; here is what a
   record consists of: one answer with its note and photos, or where the phone was. Of a question at most one record waits. */
(() => {
  "use strict";
  const page = document.querySelector("[data-inspection-page]");
  if (!page || !window.indexedDB) return;
  const { number, person, send, photo } = page.dataset;
  const form = page.querySelector("form[data-inspection-form]");
  const summary = page.querySelector("[data-inspection-errors]");
  const draftPlace = `${number}|${person}`;
  const stands = new Map(JSON.parse(document.getElementById("inspection-stands").textContent).map((one) => [one.check, one]));
  const HIDDEN = ["csrfmiddlewaretoken", "request_key"];
  const LABELS = { yes: "符合", no: "不符合", not_here: "不适用" };
  let dirty = false;

  const { album, all, alone, begin, keep, key, one, show, store, tell, typed, waiting } = window.touchstoneOffline(page, {
    database: "touchstone-inspections",
    title: (record) => record.title,
    words: (record) => (record.act === "place" ? record.fields.unknown_because || "已取定位" : `${LABELS[record.fields.answer]}${record.fields.note ? `：${record.fields.note}` : ""}`),
    different: (mine, theirs) => [
      ["填写人", theirs.by, "本人"],
      ["结论", LABELS[theirs.answer], LABELS[mine.answer]],
      ["情况说明", theirs.note || "（空）", mine.note || "（空）"],
    ],
    onTheirs: (record) => {
      const reason = record.fields.reason || `与${record.theirs.fields.by}的结论不一致，核对后更改`;
      return { ...record, key: record.key, revision: record.theirs.revision, fields: { ...record.fields, reason } };
    },
    changeable: (record) => record.act === "answer",
    change: async (record) => {
      const box = form.querySelector(`[data-check="${CSS.escape(record.check)}"]`);
      put(record);
      held.show([...held.photos.filter((each) => each.check !== record.check), ...record.photos]);
      await keepDraft();
      box.scrollIntoView({ block: "center" });
    },
    sends: ({ fields, act, key: client_key, revision, at }) => ({ ...fields, act, client_key, revision, noted_at: at }),
    reached: async (record, told) => {
      if (record.act === "answer") {
        stands.set(record.check, { ...record.fields, check: record.check, revision: told.revision });
        for (const later of await waiting()) {
          // answered anew while this was under way: it follows this one
          if (later.number === number && later.check === record.check && later.key !== record.key && !later.theirs) {
            await store("records", "put", { ...later, revision: told.revision, fields: { ...later.fields, reason: later.fields.reason || "保存后随即更改" } });
          }
        }
      }
      return record;
    },
    photoSends: (record, each) => ({ check: each.check }),
    synchronised: () => {
      if (!dirty) location.reload();
      else one("offline-said").textContent += " · 刷新后显示已同步的结论";
    },
    shown: showStates,
  });

  const held = album(form, "check", keepDraft);

  /* What is typed. */
  const fields = () => typed(form, HIDDEN);
  function put(record) {
    for (const name of ["note", "reason"]) {
      const field = form.elements[`${name}_${record.check}`];
      if (field) field.value = record.fields[name] || "";
    }
    for (const radio of all(`[name="answer_${CSS.escape(record.check)}"]`, form)) radio.checked = radio.value === record.fields.answer;
    showQuestion(record.check);
  }
  function fill(given) {
    for (const field of form.elements) {
      if (!field.name || field.type === "file" || HIDDEN.includes(field.name) || !(field.name in given)) continue;
      if (field.type === "radio") field.checked = given[field.name] === field.value;
      else if (field.tagName === "TEXTAREA" || field.type === "text") field.value = given[field.name];
    }
    for (const box of all("[data-check]", form)) showQuestion(box.dataset.check);
  }
  async function keepDraft() {
    dirty = true;
    await store("drafts", "put", { place: draftPlace, fields: fields(), photos: held.photos });
  }
  const answerOf = (given, check) => ({ answer: given[`answer_${check}`] || "", note: (given[`note_${check}`] || "").trim(), reason: (given[`reason_${check}`] || "").trim() });
  function isOther(check, { answer, note }) {
    const kept = stands.get(check);
    return kept ? answer !== kept.answer || note !== kept.note : Boolean(answer);
  }
  function showQuestion(check) {
    const box = form.querySelector(`[data-check="${CSS.escape(check)}"]`);
    const given = answerOf(fields(), check);
    one("inspection-note", box).hidden = given.answer !== "no" && !given.note;
    one("inspection-reason", box).hidden = !(stands.has(check) && isOther(check, given));
  }
  function showStates(here) {
    for (const box of all("[data-check]", form)) {
      const kept = here.find((record) => record.check === box.dataset.check);
      const mark = one("inspection-waits", box);
      mark.hidden = !kept;
      mark.textContent = kept?.theirs ? "与另一人的结论不一致" : kept?.problem ? "未能同步" : "已存本机，未同步";
    }
    one("inspection-unsent").hidden = !here.length;
    one("inspection-unsent-count").textContent = here.length;
    if (here.some((record) => record.problem)) one("inspection-unsent").open = true;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const given = fields();
    const found = [];
    const made = [];
    const before = await waiting();
    for (const box of all("[data-check]", form)) {
      const { check, label } = box.dataset;
      const answer = answerOf(given, check);
      const photos = held.photos.filter((each) => each.check === check);
      if (!isOther(check, answer) && !photos.length) continue;
      if (!answer.answer) found.push(`“${label}”有照片或说明，还没有选择结论。`);
      else if (answer.answer === "no" && !answer.note) found.push(`“${label}”不符合，请写明事实。`);
      else if (stands.has(check) && isOther(check, answer) && !answer.reason) found.push(`“${label}”的结论已经送达，更改须写明理由。`);
      else made.push({ key: key(), send, photo, act: "answer", check, title: label, fields: { check, ...answer }, revision: String(stands.get(check)?.revision || 0), photos });
    }
    if (!found.length && !made.length) found.push("没有新的结论需要保存。");
    tell(summary, found);
    if (found.length) return;
    for (const record of made) {
      for (const older of before) {
        if (older.number === number && older.person === person && older.check === record.check) {
          record.photos = [...(older.photos || []), ...record.photos];
          await store("records", "delete", older.key);
        }
      }
      await keep(record);
    }
    held.show([]);
    dirty = false;
    await store("drafts", "delete", draftPlace);
    await show();
    window.scrollTo({ top: 0 });
    alone();
  }, true);
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    const box = event.target.closest("[data-check]");
    if (box) showQuestion(box.dataset.check);
    keepDraft();
  });

  /* Where the phone is. */
  const say = one("inspection-place");
  async function keepPlace(given) {
    await keep({ key: key(), send, photo, act: "place", title: "现场定位", fields: given });
    await show();
    alone();
  }
  one("inspection-locate").addEventListener("click", () => {
    if (!navigator.geolocation || !window.isSecureContext) {
      say.textContent = "本机不能定位，可以写明理由。";
      return;
    }
    say.textContent = "正在定位…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        say.textContent = `已定位，误差约${Math.round(coords.accuracy)}米`;
        keepPlace({ latitude: coords.latitude, longitude: coords.longitude, accuracy: coords.accuracy });
      },
      (error) => (say.textContent = `没有取到定位（${error.code === 1 ? "没有允许使用位置" : "没有信号"}），可以写明理由。`),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  });
  one("inspection-no-place").addEventListener("click", () => {
    const field = document.getElementById("inspection-unknown");
    if (!field.value.trim()) {
      say.textContent = "请写明没有定位的理由。";
      field.focus();
      return;
    }
    keepPlace({ unknown_because: field.value.trim() });
    say.textContent = "已写明没有定位的理由";
  });

  async function takeUp() {
    for (const record of await waiting()) {
      if (record.number === number && record.person === person && record.act === "answer") put(record);
    }
    const draft = await store("drafts", "get", draftPlace);
    if (draft) {
      fill(draft.fields);
      held.show(draft.photos);
      dirty = true;
    } else fill({});
    await begin();
  }
  takeUp();
})();
