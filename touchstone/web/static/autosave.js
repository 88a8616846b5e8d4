/* 自动保存: what is typed is never lost. Forms with data-autosave="URL" send themselves after a short rest; what could not
   be sent is kept in this browser and put back after a reload. The answer of the URL: 204, or JSON {"saved_at": "14:03"};
   with 409 or 400 JSON {"message": "…"}. */
(() => {
  "use strict";
  const REST = 800;
  const AGAIN = 15000;

  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const place = `ts-draft:${form.dataset.autosave}`;
    const said = form.querySelector("[data-saved]");
    let timer = null;
    let sending = false;
    let changed = false;

    const say = (text, failed = false) => {
      if (!said) return;
      said.textContent = text;
      said.classList.toggle("ts-saved-failed", failed);
    };
    const fields = () =>
      [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
    const keep = (submitted = false) => {
      try {
        localStorage.setItem(place, JSON.stringify({ at: Date.now(), submitted, fields: fields() }));
      } catch {
        /* a full or forbidden store: the server's copy is then the only one */
      }
    };
    const forget = () => localStorage.removeItem(place);

    async function send() {
      clearTimeout(timer);
      if (sending) return;
      sending = true;
      changed = false;
      say("正在保存…");
      try {
        const body = new FormData(form);
        const answer = await fetch(form.dataset.autosave, {
          method: "POST",
          body,
          headers: { "X-CSRFToken": body.get("csrfmiddlewaretoken") || "", "X-Requested-With": "autosave" },
          redirect: "manual",
        });
        if (!answer.ok) {
          const told = await answer.json().catch(() => ({}));
          throw new Error(told.message || (answer.type === "opaqueredirect" ? "登录已过期，请在新窗口登录后继续" : ""));
        }
        const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
        if (!changed) forget();
        form.dispatchEvent(new CustomEvent("ts:saved", { bubbles: true }));
        say(`已保存 ${told.saved_at || new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" })}`);
      } catch (problem) {
        keep();
        const why = problem instanceof TypeError ? "网络不通" : problem.message;
        say(`未能保存${why ? `：${why}` : ""}。内容已留在本机，稍后自动再试。`, true);
        timer = setTimeout(send, AGAIN);
      } finally {
        sending = false;
        if (changed) timer = setTimeout(send, REST);
      }
    }

    function restore() {
      const kept = JSON.parse(localStorage.getItem(place) || "null");
      if (!kept) return;
      const now = JSON.stringify(fields().filter(([name]) => name !== "request_key"));
      const before = kept.fields.filter(([name]) => name !== "request_key");
      if (now === JSON.stringify(before)) return forget();
      const values = Map.groupBy ? Map.groupBy(before, ([name]) => name) : group(before);
      for (const field of form.elements) {
        if (!field.name || field.type === "file" || field.type === "submit" || field.name === "csrfmiddlewaretoken") continue;
        if (field.name === "request_key") continue;
        const given = (values.get(field.name) || []).map(([, value]) => value);
        if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
        else if (field.multiple) for (const option of field.options) option.selected = given.includes(option.value);
        else if (given.length) field.value = given.shift();
      }
      say("已恢复上次未能保存的内容，正在重新保存…");
      changed = true;
      timer = setTimeout(send, REST);
    }
    const group = (pairs) => {
      const map = new Map();
      for (const pair of pairs) map.set(pair[0], [...(map.get(pair[0]) || []), pair]);
      return map;
    };

    form.addEventListener("input", () => {
      changed = true;
      keep();
      clearTimeout(timer);
      if (!sending) timer = setTimeout(send, REST);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      keep(true);
    });
    window.addEventListener("pagehide", () => changed && keep());
    restore();
    if (!changed && typedBefore(form)) form.dispatchEvent(new Event("input"));
  }

  /* On a slow line somebody may have typed before this script ran. */
  function typedBefore(form) {
    return [...form.elements].some((field) => {
      if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
      if (field.options) return [...field.options].some((one) => one.selected !== one.defaultSelected) && field.selectedIndex > 0;
      return ["text", "search", "tel", "email", "number", "date", "textarea"].includes(field.type) && field.value !== field.defaultValue;
    });
  }
})();
