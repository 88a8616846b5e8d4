/* 图表: draws each [data-chart] from the JSON beside it, in the page's own colours, and again when the theme changes. */
(() => {
  "use strict";
  const drawn = [];
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const theme = () => ({
    color: [token("--ts-blue"), token("--ts-warn"), token("--ts-ok"), token("--ts-ink-2"), token("--ts-danger")],
    textStyle: { fontFamily: token("--ts-font"), color: token("--ts-ink") },
    backgroundColor: "transparent",
  });
  function draw(box) {
    const option = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    const chart = echarts.init(box, null, { renderer: "svg" });
    chart.setOption({ ...theme(), animation: false, grid: { left: 48, right: 16, top: 32, bottom: 32 }, ...option });
    drawn.push(chart);
  }
  const boxes = [...document.querySelectorAll("[data-chart]")];
  boxes.forEach(draw);
  window.addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
  document.addEventListener("ts:theme", () => {
    drawn.splice(0).forEach((chart) => chart.dispose());
    boxes.forEach(draw);
  });
})();
