/* 离线查验页: takes the text of a code, a credential or a PDF, has it checked by certificate-check.js, and says what is good, bad or unknown. */
const place = document.getElementById("checker"), $ = (name) => place.querySelector(`[data-part="${name}"]`);
const WORDS = {
  good: ["证书真实有效", "签名、签发机构和状态都已核对。"],
  bad: ["不予承认", "至少有一项核对不上，原因见下。"],
  unknown: ["不能确定", "已核对的没有问题，但有一项现在无法核对，原因见下。"],
};
const LABELS = { address: "地址", structure: "格式", issuer: "签发者", signature: "签名", second: "国密签名", dates: "日期", standing: "状态", receipt: "存证" };
const TONES = { good: "ok", bad: "danger", unknown: "warn" };
const check = await import(place.dataset.check);
check.ways.fallback = place.dataset.fallback;
check.ways.national = place.dataset.national.split(" ");

// --- what is published: the root, the issuers, the lists
async function published(address) {
  const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new check.Refused(`没有取到${address}。`);
  return { text: await answer.text(), kept: answer.headers.has("X-Kept") };
}
const saved = { get: (name) => { try { return localStorage.getItem(name); } catch (fault) { return null; } }, set: (name, held) => { try { localStorage.setItem(name, held); } catch (fault) { /* private window */ } } };
const showRoot = (root) => { $("root").textContent = root; $("root-line").hidden = !root; };
async function knownIssuers() {
  let root = saved.get("touchstone-root") || "", told = null;
  try {
    const { text, kept } = await published("/v/root.json");
    told = JSON.parse(text);
    if (!kept) saved.set("touchstone-clock", String(Date.parse(told.now) - Date.now()));
    $("offline").hidden = !kept;
  } catch (fault) { $("offline").hidden = false; }
  if (told && told.root && !root) { root = told.root; saved.set("touchstone-root", root); }
  if (!root) throw new check.Refused(told ? "本平台尚未公布市级根公钥，签名暂时不能核对；请用姓名和证书编号查验。" : "还没有联网打开过本页，手头没有市级根公钥；请联网后再查。");
  const changed = Boolean(told && told.root && told.root !== root);
  $("root-changed").hidden = !changed;
  if (changed) $("root-new").textContent = told.root;
  $("root-accept").onclick = () => { saved.set("touchstone-root", told.root); location.reload(); };
  showRoot(root);
  let text;
  try { ({ text } = await published("/issuers.json")); } catch (fault) { throw new check.Refused("没有取到签发者名录，请联网后再查。"); }
  return check.readIssuers(check.parse(text), check.fromMultikey(root)[1]);
}
async function listsAt(addresses) {
  const found = [];
  for (const address of addresses || []) { try { found.push(check.parse((await published(address)).text)); } catch (fault) { /* unknown, and said so */ } }
  return found;
}
const now = () => Date.now() + Number(saved.get("touchstone-clock") || 0);

// --- the answer
function show(outcome, steps, says, title, words) {
  $("answer").hidden = false;
  $("ask").hidden = outcome !== null;
  const verdict = $("verdict");
  verdict.className = `ts-verdict ts-tone-${TONES[outcome] || "warn"}`;
  verdict.replaceChildren($(`icon-${outcome}`).content.cloneNode(true), document.createElement("div"));
  verdict.lastChild.append(Object.assign(document.createElement("h2"), { textContent: title || WORDS[outcome][0] }), Object.assign(document.createElement("p"), { textContent: words || WORDS[outcome][1] }));
  const fields = says ? [
    ["姓名", says.name], [says.idKind, says.idMasked], ["职业（工种）", says.trade ? `${says.occupation}（${says.trade}）` : says.occupation],
    [says.scheme === "enterprise" ? "企业等级" : "技能等级", says.levelLabel], ...(says.standard ? [["企业标准", says.standard]] : []),
    ["证书编号", says.number], ["发证日期", check.inChinese(says.issuedOn)], ["评价机构", says.bodyName || "—"],
  ] : [];
  $("says").hidden = !fields.length;
  $("fields").replaceChildren(...fields.map(([label, held]) => {
    const line = document.createElement("div");
    line.append(Object.assign(document.createElement("dt"), { textContent: label }), Object.assign(document.createElement("dd"), { textContent: held }));
    return line;
  }));
  $("enterprise").hidden = !(says && says.scheme === "enterprise");
  $("untrusted").hidden = !(says && outcome === "bad");
  $("steps-card").hidden = !steps.length;
  $("steps").replaceChildren(...steps.map((one) => {
    const line = document.createElement("li");
    line.className = `ts-tone-${one.outcome === "unknown" && !one.needed ? "quiet" : TONES[one.outcome]}`;
    const words = document.createElement("div");
    words.append(Object.assign(document.createElement("b"), { textContent: LABELS[one.key] || one.key }), Object.assign(document.createElement("p"), { textContent: one.sentence }));
    line.append($(`icon-${one.outcome}`).content.cloneNode(true), words);
    return line;
  }));
  place.dataset.outcome = outcome;
  verdict.focus({ preventScroll: false });
}
const cannot = (sentence, next = "请核对后再试；也可以用姓名和证书编号查验。") => show("unknown", [], null, "读不懂", `${sentence}${next}`);

async function judge(look, lists) {
  place.dataset.outcome = "";
  $("busy").hidden = false;
  try {
    let addresses = [];
    try { addresses = lists(); } catch (fault) { /* the check itself says what is wrong */ }
    const held = await listsAt(addresses), issuers = await knownIssuers(); // in this order: a list may be signed by a key just registered
    const found = await look(issuers, now(), held);
    show(check.outcomeOf(found.steps), found.steps, found.claims);
  } catch (fault) {
    if (!(fault instanceof check.Refused)) throw fault;
    show("unknown", [], null, "现在不能查验", fault.message);
  } finally { $("busy").hidden = true; }
}
const judgeCode = (held) => judge((issuers, at, lists) => check.checkCode(held, issuers, at, lists), () => check.listsOfCode(held));
async function logKeys() {
  const found = [];
  try { for (const line of (await published("/log/keys.txt")).text.split("\n")) if (line.trim()) found.push(await check.readLogKey(line)); } catch (fault) { /* not known, and said so */ }
  return found;
}
function judgeCredential(document, receipt = "") {
  const look = async (issuers, at, lists) => check.checkCredential(document, issuers, at, lists, receipt ? await check.receiptStep(document, receipt, await logKeys()) : null);
  return judge(look, () => check.listsOf(check.readClaims(document).claims.list));
}
async function judgeText(held) {
  const words = held.trim();
  if (!words) return cannot("没有内容。", "");
  if (words[0] !== "{") return judgeCode(words);
  try { return await judgeCredential(check.parse(words)); } catch (fault) { if (fault instanceof check.Refused) return cannot(fault.message); throw fault; }
}
async function judgeFile(file) {
  if (file.size > 32 * 1024 * 1024) return cannot("文件过大。");
  const raw = new Uint8Array(await file.arrayBuffer());
  if (raw[0] === 37 && raw[1] === 80) {
    const { credential, receipt, many } = await check.attachedInPdf(raw);
    if (many) return cannot("PDF里附有多本证书的凭证，", "请把附件取出来，逐本查验。");
    return credential ? judgeCredential(credential, receipt) : cannot("PDF里没有附带证书凭证，", "请用手机扫证书上的二维码。");
  }
  if (file.type.startsWith("image/")) {
    if (!("BarcodeDetector" in window)) return cannot("这个浏览器不能识别图片里的二维码，", "请用手机相机或微信“扫一扫”。");
    const seen = await new BarcodeDetector({ formats: ["qr_code"] }).detect(await createImageBitmap(file)).catch(() => []);
    return seen.length === 1 ? judgeCode(seen[0].rawValue) : cannot("图片里没有看到二维码，或不止一个。");
  }
  try { return await judgeText(new TextDecoder("utf-8", { fatal: true }).decode(raw)); } catch (fault) { return cannot("文件不是证书凭证、附有凭证的PDF或二维码图片。"); }
}

// --- the page
const fromAddress = () => (location.hash.length > 1 ? judgeCode(location.href) : undefined);
$("form").addEventListener("submit", (event) => { event.preventDefault(); judgeText($("text").value); });
$("file").addEventListener("change", (event) => { const [file] = event.target.files; event.target.value = ""; if (file) judgeFile(file); });
$("again").addEventListener("click", () => {
  history.replaceState(null, "", location.pathname);
  $("text").value = ""; $("answer").hidden = true; $("ask").hidden = false; place.dataset.outcome = ""; $("text").focus();
});
window.addEventListener("hashchange", fromAddress);
for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => { event.preventDefault(); if (kind === "drop" && event.dataTransfer.files[0]) judgeFile(event.dataTransfer.files[0]); });
let offer = null;
window.addEventListener("beforeinstallprompt", (event) => { event.preventDefault(); offer = event; $("install").hidden = false; });
$("install").addEventListener("click", () => { offer.prompt(); $("install").hidden = true; });

async function keepForLater() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/v/worker.js", { scope: "/v" });
  const worker = (await navigator.serviceWorker.ready).active;
  const own = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], link[rel=manifest], script[src]")].map((one) => one.href || one.src);
  const icons = [...document.querySelectorAll("use")].map((one) => one.getAttribute("href").split("#")[0]);
  navigator.serviceWorker.addEventListener("message", (event) => { if (event.data && event.data.kept) { $("kept").hidden = false; place.dataset.kept = "yes"; } });
  const lists = [];
  for (let number = 1; number <= 64; number++) {
    const pair = check.listsOf(number);
    const there = await fetch(pair[0], { credentials: "omit" }).then((answer) => answer.ok, () => false);
    if (!there) break;
    lists.push(...pair);
  }
  worker.postMessage({ keep: ["/v", "/v/root.json", "/issuers.json", "/log/keys.txt", place.dataset.check, place.dataset.fallback, ...check.ways.national, ...own, ...new Set(icons), ...lists] });
}
showRoot(saved.get("touchstone-root") || "");
$("check").disabled = $("file").disabled = false; // sooner, the browser would send the form itself and lose what was typed
place.dataset.ready = "yes";
await fromAddress();
if (navigator.onLine !== false) keepForLater().catch(() => { /* the page works without */ });
