/* 机考: what a candidate answers is sent at once and kept here until the server says that it is on its disk.
   Every change has a number of its own in this browser's turn, so that sending it again does nothing. What was not yet acknowledged lies in
   localStorage and outlives a reload, a crash and a power cut. Time is the server's: this page only counts on from what the server said. */
(() => {
  "use strict";
  if (navigator.serviceWorker) navigator.serviceWorker.register("/exam/worker.js").then(
    (held) => navigator.serviceWorker.ready.then(() => (document.documentElement.dataset.away = held.scope)),
    () => {}, // without it a reload shows the browser's own page; answers are kept all the same
  );
  const paper = JSON.parse(document.getElementById("paper").textContent);
  const one = (name) => document.querySelector(`[data-${name}]`);
  const make = (tag, given = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), given);
    made.append(...inside);
    return made;
  };
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const TYPING_REST = 900;
  const AGAIN = [1000, 2000, 4000, 8000];
  const MOST = 200;
  const PATIENCE = 10000;
  const SILENT = 5; // seconds without an answer, after which it is said in so many words
  const place = `ts-exam:${paper.number}:${paper.holder}`;

  /* The server's clock, carried on by a clock that nobody can set. */
  let offset = paper.now - performance.now();
  let ends = paper.ends;
  const now = () => offset + performance.now();

  const answers = new Map(Object.entries(paper.answers).map(([n, value]) => [Number(n), value]));
  let queue = [];
  let recent = []; // acknowledged lately: a page that was on its way meanwhile does not know them yet
  let sequence = paper.sequence;
  let flags = new Set();
  let shown = 1;
  let stored = true;
  let stopped = false;
  let sending = false;
  let failures = 0;
  let gone = null; // since when nothing was heard from the server
  let warning = ""; // what else the candidate has to be told
  let timer = null;
  let since = performance.now();
  const typed = new Map();

  function recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(place) || "{}");
      queue = Array.isArray(kept.queue) ? kept.queue : [];
      recent = Array.isArray(kept.recent) ? kept.recent : [];
      sequence = Math.max(sequence, kept.sequence || 0);
      flags = new Set(kept.flags || []);
      shown = Math.min(Math.max(kept.shown || 1, 1), paper.questions.length);
    } catch {
      stored = false;
    }
    for (const change of [...recent.filter((each) => each.s > paper.sequence), ...queue]) {
      answers.set(change.p, change.v);
      sequence = Math.max(sequence, change.s);
    }
  }
  function keep() {
    try {
      localStorage.setItem(place, JSON.stringify({ queue, flags: [...flags], shown, sequence, recent }));
      stored = true;
    } catch {
      stored = false;
    }
  }

  /* Saying how it stands. */
  function say(words, tone) {
    const box = one("saved");
    box.textContent = words;
    box.dataset.tone = tone;
  }
  function warn(words) {
    warning = words;
    alarm();
  }
  function alarm() {
    const silent = gone === null ? 0 : Math.floor((performance.now() - gone) / 1000);
    const where = stored ? "作答存在本机，恢复后自动送到" : "作答只在本页上，请不要关闭或刷新";
    const away = silent >= SILENT ? `与服务器失去联系。可以继续作答：${where}；剩余时间照常计算，以服务器为准。` : "";
    const box = one("warning");
    const text = [away, warning].filter(Boolean).join(" ");
    if (box.textContent !== text) box.textContent = text;
    box.hidden = !text;
  }
  function heard() {
    const back = gone !== null && performance.now() - gone >= SILENT * 1000;
    failures = 0;
    gone = null;
    alarm();
    return back;
  }
  function stop(title, words, leave) {
    stopped = true;
    one("stop-title").textContent = title;
    one("stop-words").textContent = words;
    one("stop-link").hidden = !leave;
    if (!one("stop").open) one("stop").showModal();
    if (one("confirm").open) one("confirm").close();
  }
  one("stop").addEventListener("cancel", (event) => event.preventDefault());

  /* Sending. */
  async function post(address, changes) {
    const giveUp = new AbortController();
    const late = setTimeout(() => giveUp.abort(), PATIENCE);
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": paper.token },
        body: JSON.stringify({ changes }),
        signal: giveUp.signal,
        cache: "no-store",
        redirect: "error",
      });
      return { code: answer.status, told: await answer.json() };
    } finally {
      clearTimeout(late);
    }
  }
  function took({ kept, refused, now: moment, ends: until, saved_at }) {
    offset = moment - performance.now();
    ends = until;
    const gone = new Set([...kept, ...refused.map((each) => each.s)]);
    recent = [...recent, ...queue.filter((change) => kept.includes(change.s))].slice(-MOST);
    queue = queue.filter((change) => !gone.has(change.s));
    keep();
    if (refused.length) warn(`有${refused.length}处作答没有保存：${refused[0].sentence}`);
    return heard() ? `${saved_at}，联系已恢复` : saved_at;
  }
  async function flush() {
    clearTimeout(timer);
    if (sending || stopped) return;
    sending = true;
    const batch = queue.slice(0, MOST);
    if (batch.length) say(failures ? `正在重发${queue.length}处作答…` : "正在保存…", failures ? "warn" : "busy");
    try {
      const { code, told } = await post(paper.save, batch);
      if (code === 200) {
        say(`已保存 ${took(told)}`, "ok");
        sheet();
      } else if (code === 409) {
        return finished();
      } else if (code === 403) {
        return stop("本机不能继续作答", told.sentence, true);
      } else if (code === 400) {
        // It would be refused for ever: it is set aside, and the candidate is told.
        warn(told.sentence);
        queue = queue.filter((change) => !batch.includes(change));
        keep();
      } else {
        throw new Error(String(code));
      }
    } catch {
      failures += 1;
      gone ??= performance.now();
      const where = stored ? "已存在本机" : "本机不能存储，请不要关闭页面";
      say(queue.length ? `连不上服务器，${queue.length}处作答${where}，正在重发` : "连不上服务器，正在重新连接", "danger");
    } finally {
      sending = false;
      if (!stopped) {
        // A room that lost its server at one moment does not come back in one moment.
        const again = AGAIN[Math.min(failures, AGAIN.length) - 1] * (0.75 + Math.random() / 2);
        const rest = failures ? again : queue.length ? 0 : paper.every * 1000;
        timer = setTimeout(flush, rest);
      }
    }
  }
  function change(n, value) {
    answers.set(n, value);
    const spent = Math.round(performance.now() - since);
    since = performance.now();
    sequence += 1;
    queue.push({ s: sequence, p: n, v: value, at: Math.round(now()), ms: spent });
    keep();
    if (!stored) warn("本机的浏览器不能存储作答，断网时关闭页面会丢失未送出的作答。请举手联系监考人员。");
    sheet();
    flush();
  }
  function settle() {
    for (const [n, wait] of [...typed]) {
      clearTimeout(wait);
      typed.delete(n);
      change(n, answers.get(n));
    }
  }

  /* Handing in. */
  const answered = (n) => (answers.get(n) || []).some((part) => (Array.isArray(part) ? part.some((each) => each !== null && each !== "") : part !== null && part !== undefined && part !== ""));
  function finished() {
    stopped = true;
    // What never arrived stays here: where the invigilator gives more time, it is sent after all.
    if (!queue.length) {
      try {
        localStorage.removeItem(place);
      } catch {
        /* nothing was kept */
      }
    }
    location.assign(paper.done);
  }
  async function handIn(title) {
    settle();
    stop(title, "请稍候，不要关闭页面。", false);
    const until = Math.max(ends, now()) + 10 * 60000;
    for (let tries = 0; now() < until; tries += 1) {
      if (sending) {
        await new Promise((done) => setTimeout(done, 100));
        continue;
      }
      try {
        // After a long silence there is more than one parcel: all of it goes before the script is handed in.
        const more = queue.length > MOST;
        const { code, told } = await post(more ? paper.save : paper.submit, queue.slice(0, MOST));
        if (code === 200) {
          took(told);
          if (more) continue;
          return finished();
        }
        if (code === 409) return finished();
        if (code < 500) return stop("没有交卷", told.sentence, true);
        throw new Error(String(code));
      } catch {
        one("stop-words").textContent = "连不上服务器，作答已存在本机，正在重新交卷…请不要关闭页面，并举手联系监考人员。";
      }
      await new Promise((done) => setTimeout(done, AGAIN[Math.min(tries, AGAIN.length - 1)] * (0.75 + Math.random() / 2)));
    }
    stop("没有交卷", "一直连不上服务器。作答已存在本机，请举手联系监考人员。", true);
  }
  one("hand-in").addEventListener("click", () => {
    settle();
    const open = paper.questions.map((_, index) => index + 1).filter((n) => !answered(n));
    one("confirm-words").textContent = `共${paper.questions.length}题，已答${paper.questions.length - open.length}题。交卷后不能再修改。`;
    one("confirm-open").hidden = !open.length;
    one("confirm-open").textContent = `还没有作答：第${open.slice(0, 40).join("、")}题${open.length > 40 ? `等${open.length}题` : ""}。`;
    one("confirm").showModal();
  });
  one("back").addEventListener("click", () => one("confirm").close());
  one("sure").addEventListener("click", () => {
    one("confirm").close();
    handIn("正在交卷");
  });

  /* Time. */
  function tick() {
    alarm();
    const left = Math.max(0, Math.round((ends - now()) / 1000));
    const two = (figure) => String(figure).padStart(2, "0");
    one("left").textContent = `${left >= 3600 ? `${Math.floor(left / 3600)}:` : ""}${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
    one("left").parentElement.classList.toggle("ts-exam-soon", left <= 300);
    if (left === 0 && !stopped) {
      settle();
      // Not all of a room in the same second; what is answered is fixed from here on.
      stop("考试时间到", "正在自动交卷，请不要关闭页面。", false);
      setTimeout(() => handIn("考试时间到，正在自动交卷"), Math.random() * 5000);
    }
  }

  /* The question in view. */
  function show(n) {
    settle();
    shown = Math.min(Math.max(n, 1), paper.questions.length);
    since = performance.now();
    const question = paper.questions[shown - 1];
    const box = one("question");
    const head = make("h1", {}, `第${shown}题`, make("small", { textContent: `${question.kind} · ${question.points}分` }));
    const stem = make("div", { className: "ts-exam-stem", innerHTML: question.materials ? `<div class="ts-exam-materials">${question.materials}</div>${question.stem}` : question.stem });
    box.replaceChildren(head, stem, ...question.parts.map((part, index) => partOf(part, index, question)));
    [...box.querySelectorAll(".ts-blank")].forEach((blank, index) => (blank.textContent = `（${index + 1}）`));
    one("flag").checked = flags.has(shown);
    one("previous").disabled = shown === 1;
    one("next").disabled = shown === paper.questions.length;
    keep();
    sheet();
  }
  const valueOf = (index) => (answers.get(shown) || [])[index] ?? null;
  function set(index, value) {
    const parts = paper.questions[shown - 1].parts.map((_, other) => (other === index ? value : valueOf(other)));
    change(shown, parts);
  }
  function write(index, value) {
    const n = shown;
    answers.set(n, paper.questions[n - 1].parts.map((_, other) => (other === index ? value : valueOf(other))));
    clearTimeout(typed.get(n));
    typed.set(n, setTimeout(() => {
      typed.delete(n);
      change(n, answers.get(n));
    }, TYPING_REST));
    say("正在输入…", "busy");
    sheet();
  }
  function partOf(part, index, question) {
    const box = make("fieldset", { className: "ts-exam-part" });
    const many = question.parts.length > 1;
    box.append(make("legend", { className: many ? "" : "visually-hidden", innerHTML: many ? `（${index + 1}）${part.stem}` : "作答" }));
    box.append(...ASKS[part.asks](part, index));
    return box;
  }
  function choices(part, index, kind) {
    const value = valueOf(index);
    return part.options.map((words, place) => {
      const input = make("input", { type: kind, name: `part-${index}`, value: String(place), className: "form-check-input" });
      input.checked = kind === "radio" ? value === place : (value || []).includes(place);
      input.addEventListener("change", () => {
        if (kind === "radio") return set(index, place);
        const all = [...document.querySelectorAll(`input[name="part-${index}"]:checked`)].map((each) => Number(each.value));
        set(index, all.length ? all : null);
      });
      return make("label", { className: "ts-exam-option" }, input, make("b", { textContent: LETTERS[place] }), make("span", { innerHTML: words }));
    });
  }
  function list(options, chosen, label, told) {
    const made = make("select", { className: "form-select" }, make("option", { value: "", textContent: "请选择" }), ...options.map((words, place) => make("option", { value: String(place), textContent: words })));
    made.value = chosen === null || chosen === undefined ? "" : String(chosen);
    made.setAttribute("aria-label", label);
    made.addEventListener("change", () => told(made.value === "" ? null : Number(made.value)));
    return made;
  }
  const emptied = (rows) => (rows.some((each) => each !== null && each !== "" && !(Array.isArray(each) && !each.length)) ? rows : null);
  const ASKS = {
    one: (part, index) => choices(part, index, "radio"),
    many: (part, index) => choices(part, index, "checkbox"),
    blanks: (part, index) =>
      part.slots.map((slot, row) => {
        const label = `第${row + 1}空`;
        const given = (valueOf(index) || [])[row] ?? null;
        const told = (later) => (value) => later(index, emptied(part.slots.map((_, other) => (other === row ? value : (valueOf(index) || [])[other] ?? null))));
        if (slot.options) return make("label", { className: "ts-exam-line" }, make("span", { textContent: `（${row + 1}）` }), list(slot.options, given, label, told(set)));
        const input = make("input", { className: "form-control", type: "text", value: given || "", autocomplete: "off", maxLength: 500 });
        input.setAttribute("aria-label", label);
        input.addEventListener("input", () => told(write)(input.value));
        return make("label", { className: "ts-exam-line" }, make("span", { textContent: `（${row + 1}）` }), input);
      }),
    gaps: (part, index) =>
      part.slots.map((_, row) =>
        make("label", { className: "ts-exam-line" }, make("span", { textContent: `（${row + 1}）` }), list(part.options, (valueOf(index) || [])[row], `第${row + 1}空`, (value) => set(index, emptied(part.slots.map((__, other) => (other === row ? value : (valueOf(index) || [])[other] ?? null)))))),
      ),
    pairs: (part, index) =>
      part.options.map((words, row) => {
        const rows = () => part.options.map((_, other) => (valueOf(index) || [])[other] ?? (part.several[other] ? [] : null));
        const put = (value) => set(index, emptied(rows().map((each, other) => (other === row ? value : each))));
        const prompts = part.slots.map((slot) => slot.prompt);
        const left = make("span", { innerHTML: words });
        if (!part.several[row]) return make("label", { className: "ts-exam-line" }, left, list(prompts, rows()[row], `第${row + 1}行`, put));
        const boxes = prompts.map((prompt, slot) => {
          const input = make("input", { type: "checkbox", className: "form-check-input", checked: rows()[row].includes(slot) });
          input.addEventListener("change", () => put(input.checked ? [...rows()[row], slot] : rows()[row].filter((each) => each !== slot)));
          return make("label", {}, input, prompt);
        });
        return make("div", { className: "ts-exam-line" }, left, make("div", { className: "ts-exam-several" }, ...boxes));
      }),
    order: (part, index) => {
      const current = valueOf(index) || part.options.map((_, place) => place);
      const box = make("ol", { className: "ts-exam-order" });
      const note = make("p", { className: "ts-hint", textContent: valueOf(index) ? "" : "还没有作答。顺序已经正确的，请点“就是这个顺序”。" });
      const put = (order) => {
        set(index, order);
        show(shown);
      };
      current.forEach((place, row) => {
        const move = (step, words) => {
          const button = make("button", { type: "button", className: "btn btn-sm", textContent: words, disabled: row + step < 0 || row + step >= current.length });
          button.addEventListener("click", () => {
            const next = [...current];
            [next[row], next[row + step]] = [next[row + step], next[row]];
            put(next);
          });
          return button;
        };
        box.append(make("li", {}, make("span", { innerHTML: part.options[place] }), move(-1, "上移"), move(1, "下移")));
      });
      const sure = make("button", { type: "button", className: "btn", textContent: "就是这个顺序", hidden: Boolean(valueOf(index)) });
      sure.addEventListener("click", () => put(current));
      return [box, note, sure];
    },
    text: (part, index) => {
      const area = make("textarea", { className: "form-control", rows: 10, value: valueOf(index) || "", maxLength: 5000, spellcheck: false });
      area.setAttribute("aria-label", "作答");
      area.addEventListener("input", () => write(index, area.value || null));
      return [area];
    },
  };

  /* The sheet: every question's number. */
  const numbers = [];
  function draw() {
    const groups = new Map();
    paper.questions.forEach((question, index) => groups.set(question.kind, [...(groups.get(question.kind) || []), index + 1]));
    for (const [kind, own] of groups) {
      const row = make("div", { className: "ts-exam-numbers" });
      for (const n of own) {
        const button = make("button", { type: "button", textContent: String(n) });
        button.addEventListener("click", () => show(n));
        numbers[n] = button;
        row.append(button);
      }
      one("sheet").append(make("h2", { textContent: `${kind}（${own.length}题）` }), row);
    }
  }
  function sheet() {
    let done = 0;
    const waiting = new Set(queue.map((each) => each.p));
    numbers.forEach((button, n) => {
      const has = answered(n);
      done += has;
      button.classList.toggle("ts-exam-done", has);
      button.classList.toggle("ts-exam-flagged", flags.has(n));
      button.classList.toggle("ts-exam-waiting", waiting.has(n));
      button.setAttribute("aria-label", `第${n}题，${has ? "已答" : "未答"}${flags.has(n) ? "，做了记号" : ""}${waiting.has(n) ? "，还没有送到" : ""}`);
      if (n === shown) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    });
    one("count").textContent = `已答${done}／${paper.questions.length}`;
  }
  one("previous").addEventListener("click", () => show(shown - 1));
  one("next").addEventListener("click", () => show(shown + 1));
  one("flag").addEventListener("change", (event) => {
    flags[event.target.checked ? "add" : "delete"](shown);
    keep();
    sheet();
  });
  window.addEventListener("online", flush);
  window.addEventListener("pagehide", () => {
    settle();
    keep();
  });
  window.addEventListener("beforeunload", (event) => {
    settle();
    if (queue.length && !stopped && !stored) event.preventDefault();
  });
  if (matchMedia("(max-width: 62rem)").matches) one("sheet-box").open = false;

  recall();
  draw();
  show(shown);
  one("hand-in").disabled = false;
  tick();
  setInterval(tick, 500);
  flush();
})();
