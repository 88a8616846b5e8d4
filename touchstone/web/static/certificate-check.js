/* 证书查验: the same checks as touchstone/trust (credentials, qr, status_lists, issuers), in a browser and without a server. Knows no page.
   Ed25519 by WebCrypto; where a browser has none, by the module `fallback` leads to. SM2 and SM3 by the two scripts `national` leads to, which
   are fetched only for a credential that has such a proof. */
const utf8 = new TextEncoder(), PREFIX = { ed25519: [0xed, 0x01], sm2: [0x86, 0x24] };
const CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"];
const SUITES = ["eddsa-jcs-2022", "touchstone-sm2-jcs-2026"], PURPOSES = ["revocation", "suspension"];
const LEVELS = { 5: "五级/初级工", 4: "四级/中级工", 3: "三级/高级工", 2: "二级/技师", 1: "一级/高级技师", T: "特级技师", S: "首席技师" };
const USUAL_KIND = "居民身份证", KIND = "touchstone/issuers/v1", DOMAIN = utf8.encode("touchstone/issuer-key/v1\n"), CITY = "CITY";
const SLACK = 600e3, WEEK = 7 * 86400e3, DAY = 86400e3, SHANGHAI = 8 * 3600e3, SMALLEST = 131072, LARGEST = 1 << 25, LONGEST = 331;

export class Refused extends Error {}
class NoScript extends Error {}
const refuse = (sentence) => { throw new Refused(sentence); };
const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);
const join = (...parts) => { const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0)); let at = 0; for (const p of parts) { out.set(p, at); at += p.length; } return out; };

// --- codings: one spelling each
const LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
export function base58(raw) {
  const digits = [];
  for (const byte of raw) {
    let carry = byte;
    for (let i = 0; i < digits.length; i++) { carry += digits[i] << 8; digits[i] = carry % 58; carry = (carry / 58) | 0; }
    while (carry) { digits.push(carry % 58); carry = (carry / 58) | 0; }
  }
  let zeros = 0; while (zeros < raw.length && !raw[zeros]) zeros++;
  return "z" + "1".repeat(zeros) + digits.reverse().map((d) => LETTERS[d]).join("");
}
export function fromBase58(text) {
  if (typeof text !== "string" || text[0] !== "z" || text.length > 200) refuse("no base58btc");
  const bytes = [];
  for (const letter of text.slice(1)) {
    let carry = LETTERS.indexOf(letter);
    if (carry < 0) refuse("no base58btc");
    for (let i = 0; i < bytes.length; i++) { carry += bytes[i] * 58; bytes[i] = carry & 255; carry >>= 8; }
    while (carry) { bytes.push(carry & 255); carry >>= 8; }
  }
  let zeros = 0; while (text[1 + zeros] === "1") zeros++;
  return Uint8Array.from([...new Array(zeros).fill(0), ...bytes.reverse()]);
}
export function base64url(raw) {
  let held = ""; for (let i = 0; i < raw.length; i += 8192) held += String.fromCharCode(...raw.subarray(i, i + 8192));
  return btoa(held).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
export function fromBase64url(text) {
  if (typeof text !== "string" || !/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) refuse("no base64url");
  const raw = Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  return base64url(raw) === text ? raw : refuse("not the only spelling");
}
const hex = (raw) => Array.from(raw, (b) => b.toString(16).padStart(2, "0")).join("");
const lone = (text) => /[\ud800-\udbff](?![\udc00-\udfff])|(?:[^\ud800-\udbff]|^)[\udc00-\udfff]/.test(text);

// --- JSON that everybody reads alike, and its canonical bytes (RFC 8785)
export function parse(text) {
  let at = 0, deep = 0;
  const broken = () => refuse("不是JSON文本，或已损坏。");
  const space = () => { while (at < text.length && " \t\n\r".includes(text[at])) at++; };
  const take = (pattern) => { pattern.lastIndex = at; const found = pattern.exec(text); if (!found) broken(); at = pattern.lastIndex; return found[0]; };
  const string = () => {
    const found = JSON.parse(take(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y));
    return lone(found) ? refuse("内容含有不能规范书写的数字或字符。") : found;
  };
  const number = () => {
    const digits = take(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y), found = Number(digits);
    if (!Number.isFinite(found)) refuse("含有超出范围的数字。");
    if (/^-?[0-9]+$/.test(digits) && !Number.isSafeInteger(found)) refuse("含有超出安全范围的整数。");
    return found;
  };
  const value = () => {
    if (++deep > 200) broken();
    space();
    const sign = text[at];
    let found;
    if (sign === "{") {
      found = Object.create(null); at++; space();
      if (text[at] === "}") at++;
      else for (;;) {
        space();
        const name = string();
        if (name in found) refuse("同一个字段写了两次，无法确定以哪一个为准。");
        space(); if (text[at++] !== ":") broken();
        found[name] = value(); space();
        const next = text[at++];
        if (next === "}") break;
        if (next !== ",") broken();
      }
    } else if (sign === "[") {
      found = []; at++; space();
      if (text[at] === "]") at++;
      else for (;;) {
        found.push(value()); space();
        const next = text[at++];
        if (next === "]") break;
        if (next !== ",") broken();
      }
    } else if (sign === '"') found = string();
    else if (text.startsWith("true", at)) { at += 4; found = true; }
    else if (text.startsWith("false", at)) { at += 5; found = false; }
    else if (text.startsWith("null", at)) { at += 4; found = null; }
    else found = number();
    deep--;
    return found;
  };
  const found = value();
  space();
  return at === text.length ? found : broken();
}
export const canonicalText = (v) =>
  Array.isArray(v) ? `[${v.map(canonicalText).join(",")}]`
  : v !== null && typeof v === "object" ? `{${Object.keys(v).sort().map((k) => `${JSON.stringify(k)}:${canonicalText(v[k])}`).join(",")}}`
  : JSON.stringify(v);
const canonical = (v) => utf8.encode(canonicalText(v));
const isObject = (v) => v !== null && typeof v === "object" && !Array.isArray(v);
const without = (document, name) => { const bare = { ...document }; delete bare[name]; return bare; };

// --- signatures
export const sha256 = async (raw) => new Uint8Array(await crypto.subtle.digest("SHA-256", raw));
let native = null;
export const ways = { fallback: null, forceFallback: false, national: [] };
export async function verify(key, message, signature) {
  if (signature.length !== 64 || key.length !== 32) return false;
  if (!ways.forceFallback && native !== false) {
    try {
      const held = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
      native = true;
      return await crypto.subtle.verify({ name: "Ed25519" }, held, signature, message);
    } catch (fault) {
      if (native) return false;
      native = false;
    }
  }
  if (!ways.fallback) refuse("这个浏览器不能核对签名，请更新浏览器或换一个再查。");
  const ed = await import(ways.fallback);
  try { return await ed.verifyAsync(signature, message, key, { zip215: false }); } catch (fault) { return false; }
}
export const multikey = (raw, kind = "ed25519") => base58(join(Uint8Array.from(PREFIX[kind]), raw));
export function fromMultikey(text) {
  const held = fromBase58(text), kind = Object.keys(PREFIX).find((k) => same(held.subarray(0, 2), Uint8Array.from(PREFIX[k])));
  const raw = held.slice(2);
  if (!kind || raw.length !== (kind === "sm2" ? 33 : 32)) refuse("不认识的公钥种类。");
  return [kind, raw];
}
async function verifySM2(key, parts, signature) { // the key compressed, 33 bytes; r and s, 32 bytes each
  if (!ways.national.length) throw new NoScript();
  try { for (const script of ways.national) await import(script); } catch (fault) { throw new NoScript(); }
  const message = Uint8Array.from(parts.map((part) => self.sm3(part)).join("").match(/../g), (two) => parseInt(two, 16));
  return signature.length === 64 && self.sm2.doVerifySignature(message, hex(signature), hex(key));
}
async function holds(document, proof, key, suite = SUITES[0]) {
  if (!isObject(proof) || proof.type !== "DataIntegrityProof" || proof.proofPurpose !== "assertionMethod" || proof.cryptosuite !== suite) return false;
  const options = without(proof, "proofValue"), bare = without(document, "proof");
  if ("@context" in options && canonicalText(options["@context"]) !== canonicalText(bare["@context"] ?? null)) return false;
  try {
    const parts = [canonical(options), canonical(bare)], signature = fromBase58(proof.proofValue);
    if (suite === SUITES[1]) return await verifySM2(key, parts, signature);
    return await verify(key, join(...await Promise.all(parts.map(sha256))), signature);
  } catch (fault) {
    if (fault instanceof NoScript || (fault instanceof Refused && fault.message.startsWith("这个浏览器"))) throw fault;
    return false;
  }
}
const proofsOf = (document) => (Array.isArray(document.proof) ? document.proof : document.proof == null ? [] : [document.proof]);

// --- moments and days
export function readMoment(text) {
  const found = typeof text === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(found) || moment(found) !== text ? refuse("no moment") : found;
}
const moment = (at) => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
const dayOf = (at) => Math.floor((at + SHANGHAI) / DAY); // days since 1970 in Shanghai
const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);
export const inChinese = (day) => { const d = new Date(day * DAY); return `${d.getUTCFullYear()}年${d.getUTCMonth() + 1}月${d.getUTCDate()}日`; };
function readDay(text) {
  const found = typeof text === "string" && /^(\d{4}-\d\d-\d\d)T00:00:00\+08:00$/.exec(text);
  if (!found || Number.isNaN(Date.parse(found[1])) || isoDay(Date.parse(found[1]) / DAY) !== found[1]) refuse("no day");
  return Date.parse(found[1]) / DAY;
}

// --- the list of issuers, under the pinned root
const addressOf = (origin, code) => `${origin}/issuers/${code}`;
const methodOf = (origin, code, key) => `${addressOf(origin, code)}#${multikey(key)}`;
const FIELDS = ["code", "countersignature", "distrusted", "formerly", "key", "name", "sm2", "validFrom", "validUntil"];
export async function readIssuers(document, root) {
  const fields = isObject(document) ? Object.keys(document).sort().join() : "";
  if (fields !== "keys,kind,origins,proof,publishedAt" || document.kind !== KIND || !Array.isArray(document.keys)) refuse("签发者名录的格式不对。");
  if (!(await holds(document, document.proof, root))) refuse("签发者名录不是由信任的市级根密钥签署的，或被改动过。");
  const keys = [];
  for (const entry of document.keys) {
    if (!isObject(entry) || Object.keys(entry).sort().join() !== FIELDS.join()) refuse("签发者名录中有一条缺少字段。");
    const [kind, key] = fromMultikey(entry.key);
    if (kind !== "ed25519" || (entry.sm2 !== null && fromMultikey(entry.sm2)[0] !== "sm2")) refuse("签发者名录中有一把公钥的种类不对。");
    const statement = join(DOMAIN, canonical(without(entry, "countersignature")));
    if (!(await verify(root, statement, fromBase58(entry.countersignature)))) refuse(`签发者名录中“${entry.name}”的一把公钥没有市级根密钥的会签。`);
    const until = entry.validUntil === null ? Infinity : readMoment(entry.validUntil);
    keys.push({ ...entry, key, sm2Name: entry.sm2, from: readMoment(entry.validFrom), until, shortName: hex((await sha256(key)).subarray(0, 8)) });
  }
  if (new Set(keys.map((one) => hex(one.key))).size < keys.length) refuse("签发者名录中同一把公钥登记了两次。");
  return { origins: document.origins, publishedAt: readMoment(document.publishedAt), keys };
}

// --- the steps that a credential and a code share
const step = (key, outcome, sentence, needed = true) => ({ key, outcome, sentence, needed });
export const outcomeOf = (steps) => !steps.length || steps.some((s) => s.outcome === "bad") ? "bad" : steps.some((s) => s.needed && s.outcome === "unknown") ? "unknown" : "good";
function issuerStep(entry, name, madeAt, issuers, logged = false) {
  const asOf = `名录截至${inChinese(dayOf(issuers.publishedAt))}`;
  if (!entry) return step("issuer", "bad", `签名用的公钥不在签发者名录里，不是${name ? `“${name}”` : "任何机构"}登记的公钥（${asOf}）。`);
  if (name && name !== entry.name && !entry.formerly.includes(name)) return step("issuer", "bad", `凭证自称由“${name}”签发，但这把公钥是“${entry.name}”的。`);
  if (madeAt < entry.from) return step("issuer", "bad", `签名日期早于“${entry.name}”登记这把公钥的${inChinese(dayOf(entry.from))}。`);
  if (madeAt >= entry.until) return step("issuer", "bad", `“${entry.name}”的这把公钥已于${inChinese(dayOf(entry.until))}停用，签名日期在其后。`);
  if (entry.distrusted && !logged) return step("issuer", "bad", `“${entry.name}”的这把公钥曾经泄露，没有存证回执的签名不予承认。`);
  return step("issuer", "good", `由“${entry.name}”签发，其公钥经市级根密钥会签，签名当日有效（${asOf}）。`);
}
const signatureStep = (good) => good ? step("signature", "good", "签名正确，内容自签发以来没有改动。") : step("signature", "bad", "签名与内容不符：内容被改动过，或签名是伪造的。");
const noKey = () => step("signature", "unknown", "没有可信的公钥，无法核对签名。");
function datesStep(issuedOn, madeAt, at) {
  if (issuedOn > dayOf(at + SLACK) || madeAt > at + SLACK) return step("dates", "bad", "发证日期或签名日期在今天之后。");
  if (issuedOn > dayOf(madeAt)) return step("dates", "bad", "签名日期早于发证日期。");
  return step("dates", "good", `${inChinese(issuedOn)}发证，日期无误。`);
}

// --- status lists
async function inflated(packed, way, most) {
  if (typeof DecompressionStream === "undefined") refuse("这个浏览器不能读状态列表，请更新浏览器。");
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream(way)).getReader(), parts = [];
  for (let size = 0; ; ) {
    let chunk;
    try { chunk = await reader.read(); } catch (fault) { refuse("状态列表的编码不对，或已损坏。"); }
    if (chunk.done) return join(...parts);
    size += chunk.value.length;
    if (size > most) { reader.cancel().catch(() => {}); refuse("状态列表解压后过大，不读取。"); }
    parts.push(chunk.value);
  }
}
/** The paths of the lists of one number. */
export const listsOf = (number) => PURPOSES.map((purpose) => listAddress("", number, purpose));
const listAddress = (origin, number, purpose) => `${origin}/status/${number}/${purpose}`;
export async function readList(document, issuers) {
  try {
    const subject = document.credentialSubject, proofs = proofsOf(document), address = document.id, purpose = subject.statusPurpose;
    const cut = address.lastIndexOf("/status/"), origin = address.slice(0, cut), rest = address.slice(cut + 8);
    const number = rest.endsWith(`/${purpose}`) ? rest.slice(0, -purpose.length - 1) : "";
    if (!PURPOSES.includes(purpose) || !/^\d{1,12}$/.test(number)) refuse("状态列表的地址或用途不对。");
    const since = readMoment(document.validFrom);
    if (typeof subject.encodedList !== "string" || subject.encodedList[0] !== "u") refuse("状态列表的编码不对。");
    let packed;
    try { packed = fromBase64url(subject.encodedList.slice(1)); } catch (fault) { refuse("状态列表的编码不对，或已损坏。"); }
    const bits = await inflated(packed, "gzip", LARGEST / 8);
    if (bits.length * 8 < SMALLEST) refuse("状态列表过短，会泄露查的是哪一本证书。");
    const own = listAddress(origin, Number(number), purpose);
    const plain = {
      "@context": [CONTEXTS[0]], id: own, type: ["VerifiableCredential", "BitstringStatusListCredential"], issuer: addressOf(origin, CITY),
      validFrom: moment(since), validUntil: moment(since + WEEK),
      credentialSubject: { id: `${own}#list`, type: "BitstringStatusList", statusPurpose: purpose, encodedList: subject.encodedList },
    };
    if (canonicalText(plain) !== canonicalText(without(document, "proof")) || !issuers.origins.includes(origin) || proofs.length !== 1) refuse("状态列表里有多出来的或写法不同的内容。");
    const madeAt = readMoment(proofs[0].created), [, named] = fromMultikey(proofs[0].verificationMethod.split("#")[1]);
    const signer = issuers.keys.find((one) => same(one.key, named));
    if (!signer || signer.code !== CITY || proofs[0].verificationMethod !== methodOf(origin, CITY, signer.key)) refuse("状态列表不是由本市的列表密钥签署的。");
    if (signer.distrusted || madeAt < signer.from || madeAt >= signer.until) refuse("签署状态列表的密钥当时不在有效期内。");
    if (!(await holds(document, proofs[0], signer.key))) refuse("状态列表的签名不对，内容被改动过。");
    if (!(since <= madeAt && madeAt < since + WEEK)) refuse("状态列表的签署时间与其有效期不符。");
    return { address, purpose, since, until: since + WEEK, bits };
  } catch (fault) {
    if (fault instanceof Refused && !/^(no |not |不认识)/.test(fault.message)) throw fault;
    throw new Refused("状态列表缺少应有的内容，或写法不对。");
  }
}
async function standing(number, index, lists, issuers, at) {
  const held = {};
  for (const one of lists) {
    let found;
    try { found = await readList(one, issuers); } catch (fault) { return step("standing", "bad", `状态列表不可信：${fault.message}`); }
    const ours = issuers.origins.some((origin) => found.address === listAddress(origin, number, found.purpose));
    if (ours && (!held[found.purpose] || found.since > held[found.purpose].since)) held[found.purpose] = found;
  }
  const { revocation: revoked, suspension: suspended } = held, day = (one) => inChinese(dayOf(one));
  if (Object.values(held).some((one) => index >= one.bits.length * 8)) return step("standing", "bad", "证书在状态列表中的位置超出了列表，不是本系统签发的样子。");
  const on = (list) => (list.bits[Math.floor(index / 8)] >> (7 - (index % 8))) & 1;
  if (revoked && on(revoked)) return step("standing", "bad", `证书已被撤销（截至${day(revoked.since)}的状态列表）。`);
  if (!revoked || !suspended) return step("standing", "unknown", "没有取得状态列表，不知道证书是否已被撤销；请联网后再查。");
  const earliest = Math.min(revoked.since, suspended.since);
  if (at >= Math.min(revoked.until, suspended.until)) return step("standing", "unknown", `手头的状态列表截至${day(earliest)}，已过七天有效期；当时未被撤销，请联网后再查。`);
  if (revoked.since > at + SLACK) return step("standing", "unknown", "状态列表的日期晚于本机时间，请校准时间后再查。");
  if (on(suspended)) return step("standing", "unknown", `证书正在核查中，结论未出（截至${day(suspended.since)}的状态列表）。`);
  return step("standing", "good", `未被撤销，也不在核查中（截至${day(earliest)}的状态列表）。`);
}

// --- a credential
function built(c, origin) {
  return {
    "@context": CONTEXTS, id: `${origin}/certificates/${c.number}`, type: ["VerifiableCredential", "SkillLevelCertificate"],
    issuer: { id: addressOf(origin, c.bodyCode), name: c.bodyName }, validFrom: `${isoDay(c.issuedOn)}T00:00:00+08:00`,
    credentialStatus: PURPOSES.map((purpose) => ({
      id: `${listAddress(origin, c.list, purpose)}#${c.index}`, type: "BitstringStatusListEntry", statusPurpose: purpose,
      statusListIndex: String(c.index), statusListCredential: listAddress(origin, c.list, purpose),
    })),
    credentialSubject: {
      type: "CertificateHolder", name: c.name, identity: { kind: c.idKind, masked: c.idMasked, commitment: base64url(c.commitment) },
      certificateNumber: c.number, scheme: c.scheme, occupation: { code: c.occupationCode, name: c.occupation, trade: c.trade },
      level: { code: c.level, label: c.levelLabel }, standard: c.standard,
    },
  };
}
const text = (held) => (typeof held === "string" ? held : refuse("no text"));
const whole = (held) => (/^[0-9]{1,12}$/.test(text(held)) ? Number(held) : refuse("no whole number"));
export function readClaims(document) {
  if (!isObject(document)) refuse("这不是一份证书凭证。");
  if (!Array.isArray(document.type) || !document.type.includes("SkillLevelCertificate")) refuse("这份文件不是职业技能等级证书的凭证。");
  let claims, origin, equal;
  try {
    const subject = document.credentialSubject, id = text(document.issuer.id), cut = id.lastIndexOf("/issuers/");
    const state = document.credentialStatus[0];
    origin = cut > 0 ? id.slice(0, cut) : "";
    if (!origin || cut + 9 === id.length) throw new Refused("凭证没有写明签发机构。");
    const list = text(state.statusListCredential).slice(`${origin}/status/`.length, -"/revocation".length);
    claims = {
      number: text(subject.certificateNumber), name: text(subject.name), idKind: text(subject.identity.kind), idMasked: text(subject.identity.masked),
      commitment: fromBase64url(subject.identity.commitment), occupationCode: text(subject.occupation.code), occupation: text(subject.occupation.name),
      trade: text(subject.occupation.trade), level: text(subject.level.code), levelLabel: text(subject.level.label), issuedOn: readDay(document.validFrom),
      bodyCode: id.slice(cut + 9), bodyName: text(document.issuer.name), list: whole(list), index: whole(state.statusListIndex),
      scheme: text(subject.scheme), standard: text(subject.standard),
    };
    if (!["national", "enterprise"].includes(claims.scheme) || claims.commitment.length !== 32 || !claims.number) refuse("no claims");
    equal = canonicalText(built(claims, origin)) === canonicalText(without(document, "proof"));
  } catch (fault) {
    throw new Refused("凭证缺少应有的内容，或写法不对。");
  }
  return equal ? { claims, origin } : refuse("凭证里有多出来的或写法不同的内容，不是本系统签发的样子。");
}
function readProofs(document) {
  const proofs = proofsOf(document), suites = proofs.map((p) => (isObject(p) ? p.cryptosuite : null)).join();
  if (![SUITES[0], SUITES.join()].includes(suites) || (proofs.length === 1) === Array.isArray(document.proof)) refuse("凭证没有签名，或签名的种类不对。");
  const fields = "@context,created,cryptosuite,proofPurpose,proofValue,type,verificationMethod";
  for (const proof of proofs) {
    try {
      readMoment(proof.created);
      if (Object.keys(proof).sort().join() !== fields || canonicalText(proof["@context"]) !== canonicalText(document["@context"])) refuse("no proof");
      text(proof.verificationMethod);
    } catch (fault) { refuse("凭证的签名缺少应有的内容。"); }
  }
  return proofs;
}
async function secondStep(document, proof, key) {
  try {
    return await holds(document, proof, key, SUITES[1]) ? step("second", "good", "国密签名（SM2/SM3）正确。") : step("second", "bad", "国密签名与内容不符。");
  } catch (fault) {
    if (fault instanceof NoScript) return step("second", "unknown", "另附国密签名（SM2/SM3），没有取到核对它的脚本，请联网再查或用命令行核对。", false);
    throw fault;
  }
}
export async function checkCredential(document, issuers, at, lists, receipt = null) {
  let claims, origin, proofs;
  try { ({ claims, origin } = readClaims(document)); proofs = readProofs(document); } catch (fault) { return { steps: [step("structure", "bad", fault.message)] }; }
  if (!issuers.origins.includes(origin)) return { steps: [step("structure", "bad", `凭证写的地址${origin}不是本市公布的地址。`)] };
  const steps = [step("structure", "good", `是证书${claims.number}的凭证，内容齐全。`)], madeAt = readMoment(proofs[0].created);
  let entry = null;
  try {
    const [kind, key] = fromMultikey(proofs[0].verificationMethod.slice(proofs[0].verificationMethod.indexOf("#") + 1));
    if (kind === "ed25519" && proofs[0].verificationMethod === methodOf(origin, claims.bodyCode, key))
      entry = issuers.keys.find((one) => same(one.key, key) && one.code === claims.bodyCode && one.code !== CITY) || null;
  } catch (fault) { entry = null; }
  steps.push(issuerStep(entry, claims.bodyName, madeAt, issuers, receipt !== null && receipt.outcome === "good"));
  steps.push(entry ? signatureStep(await holds(document, proofs[0], entry.key)) : noKey());
  if (entry && proofs.length === 2) {
    const own = entry.sm2Name !== null && proofs[1].verificationMethod === `${addressOf(origin, entry.code)}#${entry.sm2Name}`;
    steps.push(own ? await secondStep(document, proofs[1], fromMultikey(entry.sm2Name)[1]) : step("second", "bad", "国密签名用的公钥不是该机构登记的。"));
  }
  steps.push(datesStep(claims.issuedOn, madeAt, at), await standing(claims.list, claims.index, lists, issuers, at));
  steps.push(receipt || step("receipt", "unknown", "没有附存证回执，未查公开日志。", false));
  return { steps, claims, issuer: entry };
}

// --- the receipt of its entry in the public log (C2SP tlog-proof, signed-note, tlog-checkpoint)
const decoded = (held) => { // base 64 as it must be written
  if (!/^[A-Za-z0-9+/]+=*$/.test(held)) refuse("no base 64");
  let raw; try { raw = atob(held); } catch (fault) { refuse("no base 64"); }
  return btoa(raw) === held ? Uint8Array.from(raw, (c) => c.charCodeAt(0)) : refuse("no base 64");
};
const decimal = (held) => (/^(0|[1-9]\d{0,14})$/.test(held) ? Number(held) : refuse("no number"));
export async function readLogKey(line) { // name+id+base64(algorithm, key)
  const [name, id, ...rest] = line.trim().split("+"), key = decoded(rest.join("+"));
  if (!name || key.length !== 33 || ![1, 4].includes(key[0])) refuse("no key of a log");
  const made = hex((await sha256(join(utf8.encode(`${name}\n`), key))).subarray(0, 4));
  return made === id ? { name, id, witness: key[0] === 4, key: key.slice(1) } : refuse("the id does not belong to the key");
}
function partedNote(note) {
  const cut = note.lastIndexOf("\n\n"), text = note.slice(0, cut + 1), below = note.slice(cut + 2);
  if (cut < 0 || !below.endsWith("\n") || /[\u0000-\u0009\u000b-\u001f]/.test(note)) refuse("no note");
  const lines = below.split("\n").slice(0, -1);
  if (!lines.length || lines.length > 64) refuse("no note");
  const signed = lines.map((line) => { const found = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/.exec(line); if (!found) refuse("no note"); const raw = decoded(found[2]); return raw.length < 5 ? refuse("no note") : [found[1], raw]; });
  const rows = text.split("\n");
  if (rows.pop() || rows.length < 3 || rows.some((one) => !one)) refuse("no checkpoint");
  const made = { text, signed, origin: rows[0], size: decimal(rows[1]), root: decoded(rows[2]) };
  return made.root.length === 32 ? made : refuse("no checkpoint");
}
async function signersOf({ text, signed }, keys) {
  const by = new Map();
  for (const [name, raw] of signed) {
    const key = keys.find((one) => one.name === name && one.id === hex(raw.subarray(0, 4)));
    if (!key || by.has(key)) continue;
    let message = utf8.encode(text), signature = raw.slice(4);
    if (key.witness) {
      const second = new DataView(raw.buffer, raw.byteOffset + 4, 8).getBigUint64(0);
      message = join(utf8.encode(`cosignature/v1\ntime ${second}\n`), message); signature = signature.slice(8);
    }
    if (!(await verify(key.key, message, signature))) refuse("a signature is wrong");
    by.set(key, true);
  }
  return [...by.keys()];
}
export async function receiptStep(document, text, keys) {
  let found, index, path, leaf;
  try {
    const { claims } = readClaims(document), cut = text.indexOf("\n\n"), lines = text.slice(0, cut).split("\n"), note = text.slice(cut + 2);
    if (cut < 0 || !note || lines.shift() !== "c2sp.org/tlog-proof@v1") refuse("no receipt");
    if (lines[0] && lines[0].startsWith("extra ")) decoded(lines.shift().slice(6));
    if (!lines.length || !lines[0].startsWith("index ")) refuse("no receipt");
    path = lines.slice(1).map(decoded);
    if (path.length > 63 || path.some((one) => one.length !== 32)) refuse("no receipt");
    index = decimal(lines[0].slice(6));
    const parted = partedNote(note), { origin, size, root } = parted, log = keys.find((one) => one.name === origin && !one.witness);
    if (!log) return step("receipt", "unknown", `没有公开日志“${origin}”的公钥，回执未核对。`, false);
    const by = await signersOf(parted, [log, ...keys.filter((one) => one.witness)]);
    if (!by.includes(log)) refuse("the log itself did not sign");
    found = { origin, size, root, witnesses: by.filter((one) => one.witness).length };
    const month = moment(readMoment(proofsOf(document)[0].created) + SHANGHAI).slice(0, 7);
    const entry = { kind: "certificate.issued", month, credential: hex(await sha256(canonical(document))), body: claims.bodyCode };
    leaf = await sha256(join(Uint8Array.of(0), canonical(entry)));
  } catch (fault) {
    if (fault instanceof Refused && fault.message.startsWith("这个浏览器")) throw fault;
    return step("receipt", "bad", "存证回执读不懂，或不是日志签署的。");
  }
  let place = index, last = found.size - 1, whole = index < found.size;
  for (const one of path) {
    if (last === 0) whole = false;
    if (!whole) break;
    if (place % 2 || place === last) {
      leaf = await sha256(join(Uint8Array.of(1), one, leaf));
      while (place % 2 === 0 && place) { place = Math.floor(place / 2); last = Math.floor(last / 2); }
    } else leaf = await sha256(join(Uint8Array.of(1), leaf, one));
    place = Math.floor(place / 2); last = Math.floor(last / 2);
  }
  if (!whole || last || !same(leaf, found.root)) return step("receipt", "bad", "存证回执不是这本证书的，或被改动过。");
  const seen = found.witnesses ? `，另有${found.witnesses}个见证人签名` : "", digits = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
  return step("receipt", "good", `已在公开日志“${found.origin}”第${digits(index + 1)}条，签署时共${digits(found.size)}条${seen}。`);
}

// --- a QR code: COSE_Sign1, in its only form
function cborRead(raw) {
  let at = 0;
  const damaged = () => refuse("二维码内容已损坏，或不是证书的二维码。");
  const item = (deep) => {
    if (at >= raw.length || deep > 6) damaged();
    const first = raw[at++], major = first >> 5, small = first & 31;
    let n = small;
    if (small >= 24) {
      const size = { 24: 1, 25: 2, 26: 4, 27: 8 }[small];
      if (!size || at + size > raw.length) damaged();
      n = 0; for (let i = 0; i < size; i++) n = n * 256 + raw[at++];
      if (!Number.isSafeInteger(n)) damaged();
    }
    const bytes = () => { if (at + n > raw.length) damaged(); at += n; return raw.slice(at - n, at); };
    if (major === 0) return n;
    if (major === 1) return -1 - n;
    if (major === 2) return bytes();
    if (major === 3) { try { return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes()); } catch (fault) { return damaged(); } }
    if (major === 4) { const list = []; for (let i = 0; i < n; i++) list.push(item(deep + 1)); return list; }
    if (major === 5) { const map = new Map(); for (let i = 0; i < n; i++) { const key = item(deep + 1); map.set(key, item(deep + 1)); } return map; }
    if (major === 6) return { tag: n, value: item(deep + 1) };
    return damaged();
  };
  return item(0); // what follows it, as any other form, is found out when it is written again
}
function cborWrite(v) {
  const head = (major, n) => {
    if (n < 24) return Uint8Array.of(major << 5 | n);
    const size = n < 256 ? 1 : n < 65536 ? 2 : n < 4294967296 ? 4 : 8, out = [major << 5 | { 1: 24, 2: 25, 4: 26, 8: 27 }[size]];
    for (let i = size - 1; i >= 0; i--) out.push(Math.floor(n / 256 ** i) % 256);
    return Uint8Array.from(out);
  };
  if (typeof v === "number") return v < 0 ? head(1, -1 - v) : head(0, v);
  if (typeof v === "string") { const raw = utf8.encode(v); return join(head(3, raw.length), raw); }
  if (v instanceof Uint8Array) return join(head(2, v.length), v);
  if (Array.isArray(v)) return join(head(4, v.length), ...v.map(cborWrite));
  if (v instanceof Map) return join(head(5, v.size), ...[...v].flatMap(([k, x]) => [cborWrite(k), cborWrite(x)]));
  return join(head(6, v.tag), cborWrite(v.value));
}
const code = (held, kind) => (typeof held === kind ? held : refuse("二维码内容已损坏，或不是证书的二维码。"));
function sealedMap(s) {
  const map = new Map([[0, 1], [1, s.number], [2, s.name]]);
  if (s.idKind !== USUAL_KIND) map.set(3, s.idKind);
  const cut = s.idMasked.indexOf("*"), head = cut < 0 ? s.idMasked : s.idMasked.slice(0, cut), tail = s.idMasked.slice(head.length).replace(/^\*+/, "");
  map.set(4, [head, s.idMasked.length - head.length - tail.length, tail]).set(5, s.commitment).set(6, s.occupationCode).set(7, s.occupation);
  if (s.trade) map.set(8, s.trade);
  map.set(9, s.level);
  if (s.levelLabel !== LEVELS[s.level]) map.set(10, s.levelLabel);
  map.set(11, s.issuedOn).set(12, [s.list, s.index]);
  if (s.scheme !== "national") map.set(13, 1);
  if (s.signedOn !== s.issuedOn) map.set(14, s.signedOn);
  return map;
}
function sealedParts(raw) {
  if (raw.length > LONGEST) refuse("二维码内容过长，不是证书的二维码。");
  let says, parts, again, key;
  try {
    const outer = cborRead(raw);
    if (outer.value.length !== 4) refuse("four parts");
    const [protectedPart, , payload, signature] = outer.value, held = cborRead(payload);
    parts = { protectedPart, payload, signature };
    key = cborRead(protectedPart).get(4);
    if (held.get(0) !== 1) refuse("二维码的版本不认识，请更新查验页。");
    const [head, stars, tail] = held.get(4), [list, index] = held.get(12), level = code(held.get(9), "string");
    const days = [11, 12, 14].flatMap((k) => held.get(k) ?? []).concat(stars);
    if (days.some((n) => !Number.isSafeInteger(n) || Math.abs(n) >= 2 ** 40) || stars < 0 || stars > 40 || list < 0 || index < 0) refuse("二维码内容已损坏，或不是证书的二维码。");
    const string = (k, usual) => code(held.has(k) ? held.get(k) : usual, "string");
    says = {
      number: string(1), name: string(2), idKind: string(3, USUAL_KIND), idMasked: code(head, "string") + "*".repeat(stars) + code(tail, "string"),
      commitment: held.get(5), occupationCode: string(6), occupation: string(7), trade: string(8, ""), level, levelLabel: string(10, LEVELS[level] || level),
      issuedOn: held.get(11), signedOn: held.has(14) ? held.get(14) : held.get(11), list, index, scheme: held.has(13) ? "enterprise" : "national",
    };
    if (says.commitment.length !== 16 || Math.abs(says.issuedOn) > 2e6 || Math.abs(says.signedOn) > 2e6) refuse("二维码内容已损坏，或不是证书的二维码。");
    const made = cborWrite(new Map([[1, -8], [4, key]]));
    again = cborWrite({ tag: 18, value: [made, new Map(), cborWrite(sealedMap(says)), signature] });
  } catch (fault) {
    refuse("二维码内容已损坏，或不是证书的二维码。");
  }
  if (!same(again, raw) || parts.signature.length !== 64 || key.length !== 8) refuse("二维码的写法与规定的不一致，不是本系统签发的样子。");
  return { says, key, signed: cborWrite(["Signature1", parts.protectedPart, new Uint8Array(), parts.payload]), signature: parts.signature };
}
/** Where the lists are that speak of a code, without believing it. */
export const listsOfCode = (held) => { const { says } = sealedParts(fromBase64url(held.slice(held.lastIndexOf("#") + 1))); return listsOf(says.list); };
export async function checkCode(held, issuers, at, lists) {
  const cut = held.lastIndexOf("#"), steps = [];
  if (cut >= 0) {
    const ours = issuers.origins.some((origin) => held.slice(0, cut) === `${origin}/v`);
    steps.push(ours ? step("address", "good", "二维码指向本市公布的查验地址。") : step("address", "bad", "二维码里的网址不是本市公布的查验地址，请勿在那里填写任何信息。"));
  }
  let raw, parts;
  try { raw = fromBase64url(held.slice(cut + 1)); } catch (fault) { return { steps: [...steps, step("structure", "bad", "二维码内容不完整，或不是证书的二维码。")] }; }
  try { parts = sealedParts(raw); } catch (fault) { return { steps: [...steps, step("structure", "bad", fault.message)] }; }
  const { says } = parts, named = issuers.keys.filter((one) => one.shortName === hex(parts.key) && one.code !== CITY);
  steps.push(step("structure", "good", `是证书${says.number}的二维码，内容齐全。`));
  let holding = null;
  for (const one of named) if (!holding && (await verify(one.key, parts.signed, parts.signature))) holding = one;
  const entry = holding || named[0] || null, first = says.signedOn * DAY - SHANGHAI;
  const madeAt = entry && dayOf(entry.from) === says.signedOn ? Math.max(first, entry.from) : first;
  steps.push(issuerStep(entry, "", madeAt, issuers), entry ? signatureStep(holding !== null) : noKey());
  steps.push(datesStep(says.issuedOn, madeAt, at), await standing(says.list, says.index, lists, issuers, at));
  return { steps, claims: { ...says, bodyName: entry ? entry.name : "" }, issuer: entry };
}

// --- a PDF that carries its credential and receipt: any streams in it that are those
export async function attachedInPdf(raw) {
  const held = { credential: null, receipt: "", many: false };
  const find = (words, from) => { const mark = utf8.encode(words); outer: for (let i = from; i <= raw.length - mark.length; i++) { for (let j = 0; j < mark.length; j++) if (raw[i + j] !== mark[j]) continue outer; return i; } return -1; };
  for (let at = find("stream", 0); at >= 0; at = find("stream", at + 6)) {
    if (raw[at - 1] === 100 && raw[at - 2] === 110) continue; // endstream
    let start = at + 6; if (raw[start] === 13) start++; if (raw[start] === 10) start++;
    const end = find("endstream", start);
    if (end < 0) break;
    const told = [...new TextDecoder("latin1").decode(raw.subarray(Math.max(0, at - 400), at)).matchAll(/\/Length (\d+)(?! \d+ R)\b/g)].pop();
    let till = told ? start + Number(told[1]) : end;
    if (!told || till > end || end - till > 2) { till = end; if (raw[till - 1] === 10) till--; if (raw[till - 1] === 13) till--; }
    const body = raw.subarray(start, till);
    let content = body;
    if ((body[0] & 15) === 8 && ((body[0] << 8) | body[1]) % 31 === 0) { try { content = await inflated(body, "deflate", 1 << 20); } catch (fault) { content = new Uint8Array(); } }
    try {
      if (content[0] === 123) { const found = parse(new TextDecoder("utf-8", { fatal: true }).decode(content)); if (found.type && found.type.includes("SkillLevelCertificate")) { held.many = held.credential !== null; held.credential = found; } }
      if (content[0] === 99) { const found = new TextDecoder("utf-8", { fatal: true }).decode(content); if (found.startsWith("c2sp.org/tlog-proof@")) held.receipt = found; }
    } catch (fault) { /* another attachment */ }
    at = end;
  }
  return held;
}
