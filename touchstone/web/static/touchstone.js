/* 页面行为: menus, dialogs, toasts, copying, drop zones, batch bars. Everything works without it except these comforts. */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const remember = (name, value) => {
    document.cookie = `${name}=${value}; path=/; max-age=${value ? 31536000 : 0}; samesite=lax`;
  };

  const clicks = {
    "[data-toggle-large]": (button) => {
      const on = document.documentElement.classList.toggle("ts-large");
      remember("ts_large", on ? "1" : "");
      button.setAttribute("aria-pressed", on);
    },
    "[data-toggle-dark]": (button) => {
      const on = document.documentElement.dataset.bsTheme !== "dark";
      document.documentElement.dataset.bsTheme = on ? "dark" : "light";
      remember("ts_theme", on ? "dark" : "");
      button.setAttribute("aria-pressed", on);
      document.dispatchEvent(new CustomEvent("ts:theme"));
    },
    ".ts-nav-toggle": (button) => setNav(button.getAttribute("aria-expanded") !== "true"),
    "[data-open]": (button) => document.getElementById(button.dataset.open).showModal(),
    "[data-close]": (button) => button.closest("dialog").close(),
    "[data-dismiss]": (button) => button.closest("[data-toast]").remove(),
    "[data-print]": () => window.print(),
    "[data-phrase]": (button) => {
      const field = document.getElementById(button.dataset.for);
      field.value = [field.value.trim(), button.dataset.phrase].filter(Boolean).join("");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    },
    "[data-copy]": async (button) => {
      await copy(button.dataset.copy);
      button.classList.add("ts-copied");
      setTimeout(() => button.classList.remove("ts-copied"), 2000);
    },
    "[data-batch-clear]": (button) => {
      all("[data-row], [data-all]").forEach((box) => (box.checked = false));
      count();
    },
  };

  document.addEventListener("click", (event) => {
    for (const [selector, act] of Object.entries(clicks)) {
      const found = event.target.closest(selector);
      if (found) act(found);
    }
    all("details.ts-menu[open]").forEach((menu) => menu.contains(event.target) || (menu.open = false));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("details.ts-menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    setNav(false);
  });

  function setNav(open) {
    const nav = document.getElementById("ts-nav");
    const button = document.querySelector(".ts-nav-toggle");
    if (!nav || !button) return;
    nav.classList.toggle("ts-open", open);
    button.setAttribute("aria-expanded", open);
    if (open) nav.querySelector("a")?.focus();
  }

  async function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const field = document.body.appendChild(document.createElement("textarea"));
    field.value = text;
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  /* What was kept for when there is no line goes when the person does; what has not been sent yet stays in the browser's database. */
  document.addEventListener("submit", (event) => {
    if (window.caches && /logout/.test(event.target.action || "")) window.caches.delete("touchstone-visit");
  });

  /* A second press of a button must not send a second form: it waits, and says so, until the answer comes. */
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    const button = event.submitter;
    if (event.target.dataset.sent) return event.preventDefault();
    event.target.dataset.sent = "1";
    button?.setAttribute("aria-busy", "true");
    setTimeout(() => rest(event.target), 6000);
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach(rest));
  function rest(form) {
    delete form.dataset.sent;
    all("[aria-busy]", form).forEach((button) => button.removeAttribute("aria-busy"));
  }

  /* Toasts of good news leave by themselves; warnings and errors stay until they are closed. */
  function watch(toast) {
    if (toast.getAttribute("role") === "alert" || toast.matches(".ts-toast-warning, .ts-toast-warn")) return;
    let timer;
    const start = () => (timer = setTimeout(() => toast.remove(), 8000));
    toast.addEventListener("mouseenter", () => clearTimeout(timer));
    toast.addEventListener("mouseleave", start);
    toast.addEventListener("focusin", () => clearTimeout(timer));
    start();
  }

  /* What is folded on the screen is printed too: findings in the time line, tables behind charts. */
  window.addEventListener("beforeprint", () =>
    all("main details:not(.ts-menu, .ts-query):not([open])").forEach((folded) => {
      folded.open = true;
      window.addEventListener("afterprint", () => (folded.open = false), { once: true });
    }));

  function count() {
    const rows = all("[data-row]");
    const chosen = rows.filter((box) => box.checked).length;
    all("[data-batch-bar]").forEach((bar) => {
      bar.hidden = !chosen;
      bar.querySelector("[data-batch-count]").textContent = chosen.toLocaleString("zh-CN");
    });
    all("[data-all]").forEach((box) => {
      box.checked = rows.length > 0 && chosen === rows.length;
      box.indeterminate = chosen > 0 && chosen < rows.length;
    });
  }

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.matches("[data-all]")) all("[data-row]").forEach((box) => (box.checked = field.checked));
    if (field.matches("[data-all], [data-row]")) count();
    if (field.matches("[data-submit-on-change]")) field.form.requestSubmit();
    const zone = field.closest("[data-upload]");
    if (zone && field.type === "file") {
      const most = Number(field.dataset.maxBytes || 0);
      const large = most ? [...field.files].find((file) => file.size > most) : null;
      if (large) {
        field.value = "";
        zone.querySelector("[data-chosen]").textContent = `“${large.name}”有${size(large.size)}，超过${size(most)}的上限，没有选入。请删去图片和多余的工作表，或分成几份。`;
        return;
      }
      const named = [...field.files].map((file) => `${file.name}（${size(file.size)}）`);
      zone.querySelector("[data-chosen]").textContent = named.length ? `已选：${named.join("、")}` : "";
    }
  });
  const size = (bytes) => (bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);
  for (const [kind, over] of [["dragenter", true], ["dragleave", false], ["drop", false]])
    document.addEventListener(kind, (event) => event.target.closest?.("[data-upload]")?.classList.toggle("ts-over", over));

  /* The section being read is marked in the section navigation. */
  function follow(nav) {
    const links = new Map(all("a[href^='#']", nav).map((link) => [document.getElementById(link.hash.slice(1)), link]));
    links.delete(null);
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        links.forEach((link) => link.removeAttribute("aria-current"));
        links.get(entry.target).setAttribute("aria-current", "location");
      }
    }, { rootMargin: "-15% 0px -75% 0px" });
    links.forEach((_, section) => seen.observe(section));
  }

  /* A draft that was submitted is done with once another page has come back in its place. */
  for (const place of Object.keys(localStorage).filter((key) => key.startsWith("ts-draft:"))) {
    const here = all("form[data-autosave]").some((form) => `ts-draft:${form.dataset.autosave}` === place);
    if (!here && JSON.parse(localStorage.getItem(place)).submitted) localStorage.removeItem(place);
  }

  /* On a narrow screen the tab of this page may lie beyond the edge of its row. */
  function reveal(tab) {
    const row = tab.closest(".ts-tabs");
    row.scrollLeft += tab.getBoundingClientRect().right - row.getBoundingClientRect().right;
  }

  function ready(root) {
    all("[data-toast]", root).forEach(watch);
    all("[data-section-nav]", root).forEach(follow);
    all(".ts-tabs [aria-current]", root).forEach(reveal);
    root.querySelector("[data-focus]")?.focus();
    count();
  }
  ready(document);
  document.addEventListener("htmx:load", (event) => event.detail.elt !== document.body && ready(event.detail.elt));
})();
