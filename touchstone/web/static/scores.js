/* 成绩表格的键盘: Enter and the arrow keys go down and up a column; after a row was saved, the place is kept. */
(() => {
  "use strict";
  const grid = document.querySelector("[data-scores]");
  if (!grid) return;
  let wanted = null;
  const column = (part) => [...grid.querySelectorAll(`input[data-part="${part}"]`)];

  grid.addEventListener("keydown", (event) => {
    const field = event.target.closest("input[data-part]");
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!field || !step) return;
    event.preventDefault();
    const fields = column(field.dataset.part);
    const next = fields[fields.indexOf(field) + step];
    if (next) {
      next.focus();
      next.select();
    } else field.blur();
  });

  /* The row that comes back replaces the fields in it: whoever had already moved on inside that row stays where they were. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const row = event.detail.target;
    const field = document.activeElement;
    wanted = row && row.contains(field) && field.dataset.part ? [row.id, field.dataset.part, field.value] : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!wanted) return;
    const [id, part, typed] = wanted;
    wanted = null;
    const field = document.getElementById(id)?.querySelector(`input[data-part="${part}"]`);
    if (!field) return;
    if (typed) field.value = typed;
    field.focus();
    field.select();
  });
})();
