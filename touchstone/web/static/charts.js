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
  const sized = (box) => box.clientWidth > 0 && box.clientHeight > 0; // a map without room would divide by it
  function draw(box) {
    if (!sized(box)) return;
    const option = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    const chart = echarts.init(box, null, { renderer: "svg" });
    chart.setOption({ ...theme(), animation: false, grid: { left: 48, right: 16, top: 32, bottom: 32 }, ...option });
    chart.on("click", (point) => {
      const address = point.data && point.data.url;
      if (address) window.location.assign(address);
    });
    drawn.push(chart);
  }
  const boxes = [...document.querySelectorAll("[data-chart]")];
  /* A chart of map type waits for its outlines; without them the table below still says everything. */
  async function outlined(box) {
    if (box.dataset.map && !echarts.getMap(box.dataset.mapName)) {
      const answer = await fetch(box.dataset.map);
      if (!answer.ok) return;
      echarts.registerMap(box.dataset.mapName, await answer.json());
    }
    draw(box);
  }
  boxes.forEach(outlined);
  window.addEventListener("resize", () => drawn.forEach((chart) => sized(chart.getDom()) && chart.resize()));
  document.addEventListener("ts:theme", () => {
    drawn.splice(0).forEach((chart) => chart.dispose());
    boxes.forEach(draw);
  });
})();
