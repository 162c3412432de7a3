// A whole vendor: `node minimal_vendor.mjs FOLDER PORT`, after make_card.py has filled FOLDER. Node 18 or later, nothing else.
//
// The same as minimal_vendor.py: it signs the terms of its card, offers one thing at one price, confirms orders, and keeps
// every conversation as a JSON file that is on the disk before the answer leaves. Sections are those of docs/protocol.md.

import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const STATUS = {
  "too-large": 413, "wrong-type": 415, "not-served": 422, "unsupported": 422, "unknown-conversation": 404,
  "fork": 409, "missing": 409, "not-allowed-now": 409, "bad-seen": 409, // all others are 400
};
// Section 7: the kinds that come in, the members that each must have, the states in which it may come.
const NEEDS = {
  "ping": ["category area answers_by asked read agreements digests", "new"],
  "reveal": ["agreement items", "agreed"],
  "counter": ["offer total currency", "offered"],
  "decline": ["offer reason", "offered"],
  "accept": ["offer order items", "offered"],
  "paid": ["order amount currency method", "confirmed"],
  "message": ["text", "agreed offered confirmed"],
  "withdraw-cast": ["", "agreed offered declined"],
  "end": ["", "agreed offered confirmed declined"],
};
const LINE = { title: "A good book", quantity: 1, unit: 1900, condition: "new", sku: "", gtin: "", link: "" };
const PRICE = { currency: "EUR", items: 1900, shipping: 300, fees: 0, tax: 0, total: 2200 };
// OpenSSL takes keys of small order, under which anything verifies; section 1 refuses them. By y, whatever the sign of x.
const SMALL_ORDER = new Set([
  "0100000000000000000000000000000000000000000000000000000000000000",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]);

class Refused extends Error {
  constructor(code, members = {}) {
    super(code);
    this.members = { ...members, type: `urn:intentcast:error:${code}`, title: code, status: STATUS[code] ?? 400 };
  }
}

function need(holds, code, members) {
  if (!holds) throw new Refused(code, members);
}

const b64 = (data) => Buffer.from(data).toString("base64url");
const digest = (data) => b64(createHash("sha256").update(data).digest());
const same = (one, other) => canonical(one) === canonical(other);

function unb64(text) {
  const data = Buffer.from(text, "base64url");
  need(b64(data) === text, "malformed");
  return data;
}

// RFC 8785: within the protocol's limits, sorted keys and no spaces.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).filter((name) => value[name] !== undefined).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

function parse(data) {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  const value = JSON.parse(text);
  need(canonical(value) === text, "malformed");
  return value;
}

const [FOLDER, PORT] = process.argv.slice(2);
const CARD_BYTES = readFileSync(join(FOLDER, "intentcast.json"));
const CARD = JSON.parse(CARD_BYTES);
const PATH = new URL(CARD.endpoint).pathname;
const SEED = unb64(readFileSync(join(FOLDER, "vendor.key"), "ascii").trim());
const KEY = createPrivateKey({
  key: Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), SEED]), format: "der", type: "pkcs8",
});

const protectedHeader = (typ, kid) => b64(canonical({ alg: "Ed25519", kid, typ: `intentcast-${typ}` }));

// The payload that `kid` signed for `typ`. The header is made anew and compared, never interpreted (section 1).
function verified(typ, kid, one, payload) {
  const raw = unb64(kid), plain = Buffer.from(raw);
  need(raw.length === 32 && one.protected === protectedHeader(typ, kid), "bad-signature");
  plain[31] &= 0x7f;
  need(!SMALL_ORDER.has(plain.toString("hex")), "bad-signature");
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]);
  const key = createPublicKey({ key: spki, format: "der", type: "spki" });
  need(verify(null, Buffer.from(`${one.protected}.${payload}`), key, unb64(one.signature)), "bad-signature");
  return parse(unb64(payload));
}

function signed(typ, payload) {
  const header = protectedHeader(typ, CARD.key);
  return { protected: header, signature: b64(sign(null, Buffer.from(`${header}.${payload}`), KEY)) };
}

// Durable before anything is answered: written aside, flushed to the disk, moved into place.
function store(talk) {
  const file = join(FOLDER, `${talk.id}.talk`), out = openSync(`${file}.new`, "w");
  writeSync(out, canonical(talk));
  fsyncSync(out);
  closeSync(out);
  renameSync(`${file}.new`, file);
}

function load(name) {
  const file = join(FOLDER, `${name}.talk`);
  return /^[A-Za-z0-9_-]{43}$/.test(name) && existsSync(file) ? JSON.parse(readFileSync(file)) : null;
}

function opened(ping, kid, id) {
  need(CARD.categories.includes(ping.category) && CARD.regions.includes(ping.area.country), "not-served");
  const texts = ping.agreements.map((one) => {
    need(one.signatures.length === 1, "bad-agreement");
    return verified("agreement", kid, one.signatures[0], one.payload);
  });
  need(same(texts.map((text) => text.begins), ["ping", "accept"]), "bad-agreement");
  need(texts.every((text) => text.person === kid && text.vendor === CARD.key), "bad-agreement");
  const fits = same(texts.map((text) => text.entry), CARD.terms.map((terms) => terms.entry));
  return { id, kid, fits, state: "new", ping, person: [], vendor: [], seen: 0, rows: [], offers: {} };
}

// Check, store and answer a ping (no `name`), or a further message of conversation `name`; returns its id.
function take(body, name) {
  const envelope = parse(body);
  need(same(Object.keys(envelope), ["disclosures", "jws"]), "malformed");
  const [header, payload, signature, ...rest] = envelope.jws.split("."), id = digest(envelope.jws);
  need(signature !== undefined && rest.length === 0, "malformed");
  let talk = load(name || id);
  need(talk || !name, "unknown-conversation");
  if (talk?.person.includes(id)) return talk.id; // the same bytes again: the same answer, no second effect
  const kid = talk ? talk.kid : JSON.parse(unb64(header)).kid;
  const said = verified("message", kid, { protected: header, signature }, payload);
  need(said.v === 1, "not-served");
  const known = new Set(["v", "kind", ...NEEDS.ping[0].split(" ")]);
  need((said.must ?? []).every((member) => known.has(member)), "unsupported");
  const [members, states] = NEEDS[said.kind] ?? ["unknown kind", ""];
  need(members.split(" ").every((member) => !member || member in said), "malformed");
  need(talk || said.kind === "ping", "malformed");
  need(said.aud === CARD.key && (!talk || said.conv === talk.id), "wrong-audience");
  const until = Date.parse(said.exp.includes("T") ? said.exp : `${said.exp}T23:59:59Z`);
  need(Number.isFinite(until), "malformed");
  need(Date.now() <= until + 300_000, "expired");
  talk ??= opened(said, kid, id);
  const last = talk.person.length, seen = said.seen ?? { seq: 0 }; // the two chains: section 4
  need(Number.isInteger(said.seq) && said.seq <= last + 1, "missing", { last });
  need(said.seq === last + 1 && said.prev === talk.person.at(-1), "fork");
  need(seen.seq >= talk.seen && [undefined, ...talk.vendor][seen.seq] === seen.id, "bad-seen");
  need([...states.split(" "), "ended"].includes(talk.state), "not-allowed-now", { state: talk.state });
  const items = (said.items ?? []).map((item) => item.digest); // what rides beside the message: section 6
  need(same([...items].sort(), envelope.disclosures.map((text) => digest(text)).sort()), "bad-disclosure");
  talk.person.push(id);
  talk.rows.push({ side: "person", number: said.seq, envelope });
  talk.seen = seen.seq;
  if (talk.state !== "ended") answer(talk, said, items);
  // Erased: the values are nowhere else, and the chains still verify.
  if (talk.state === "ended") for (const row of talk.rows) row.envelope.disclosures = [];
  store(talk);
  return talk.id;
}

// What follows a message; `talk` is stored afterwards, or not at all where something is refused.
function answer(talk, said, items) {
  const asked = talk.ping.agreements;
  if (said.kind === "ping") {
    const both = asked.map((one) => ({ ...one, signatures: [...one.signatures, signed("agreement", one.payload)] }));
    const yes = { answer: "accept", agreements: both }, no = { answer: "decline", reason: "terms" };
    say(talk, talk.fits ? "agreed" : "declined", "terms-answer", talk.fits ? yes : no);
  } else if (said.kind === "reveal") {
    need(said.agreement === digest(unb64(asked[0].payload)), "bad-agreement");
    need(items.every((item) => talk.ping.digests.includes(item)), "bad-disclosure");
    const until = new Date(Date.now() + 14 * 86_400_000).toISOString();
    const offer = { lines: [LINE], price: PRICE, binding: true, fulfilment: "delivered", by: until.slice(0, 10) };
    const more = { valid_until: `${until.slice(0, 19)}Z`, payment: ["on-delivery"] };
    const id = say(talk, "offered", "offer", { ...offer, ...more });
    talk.offers[id] = { ...offer, offer: id };
  } else if (said.kind === "accept") {
    need(said.order.signatures.length === 1, "bad-order");
    const text = verified("order", talk.kid, said.order.signatures[0], said.order.payload);
    const due = { conv: talk.id, payment: "on-delivery", agreement: digest(unb64(asked[1].payload)) };
    const offer = { ...(talk.offers[said.offer] ?? { offer: 0 }), ...due, person: talk.kid, vendor: CARD.key };
    need(Object.entries(offer).every(([name, value]) => name in text && same(text[name], value)), "bad-order");
    need(items.every((item) => text.digests.includes(item)), "bad-disclosure");
    const record = { conversation: talk.id, person: talk.person, vendor: talk.vendor.slice(0, talk.seen) };
    const order = { ...said.order, signatures: [...said.order.signatures, signed("order", said.order.payload)] };
    const payment = { method: "on-delivery" };
    say(talk, "confirmed", "confirmation", { order, record: digest(canonical(record)), payment });
  } else if (said.kind === "withdraw-cast" || said.kind === "end") {
    say(talk, "ended", "closure", { reason: said.kind === "end" ? "ended" : "withdrawn", erased: true });
  } else {
    need(said.offer === undefined || said.offer in talk.offers, "malformed");
    say(talk, talk.state, "acknowledgement", { of: talk.person.at(-1) });
  }
}

function say(talk, state, kind, members) {
  const seq = talk.vendor.length + 1, seen = { seq: talk.person.length, id: talk.person.at(-1) };
  const claims = { v: 1, kind, aud: talk.kid, conv: talk.id, exp: "2100-01-01", seq, seen, prev: talk.vendor.at(-1) };
  const payload = b64(canonical({ ...claims, ...members })), one = signed("message", payload);
  const jws = `${one.protected}.${payload}.${one.signature}`;
  talk.vendor.push(digest(jws));
  talk.rows.push({ side: "vendor", number: seq, envelope: { disclosures: [], jws } });
  talk.state = state;
  return talk.vendor.at(-1);
}

// Section 3.
function called(request, body) {
  const url = new URL(request.url, CARD.endpoint);
  if (request.method === "GET" && url.pathname === "/.well-known/intentcast.json") {
    return [200, CARD_BYTES, { "ETag": `"${digest(CARD_BYTES)}"` }];
  }
  need(url.pathname.startsWith(PATH), "unknown-conversation");
  const path = url.pathname.slice(PATH.length).split("/");
  need(path[1] === "conversations" && [2, 4].includes(path.length), "unknown-conversation");
  if (request.method === "POST") {
    need((request.headers["content-type"] ?? "").split(";")[0] === "application/json", "wrong-type");
    need(body.length <= 65_536, "too-large");
    const id = take(body, path[2]);
    return [202, "", { "Retry-After": "1", "Location": `${CARD.endpoint}/conversations/${id}` }];
  }
  const talk = load(path[2] ?? ""), secret = (request.headers.authorization ?? "").replace("Bearer ", "");
  need(talk && digest(secret) === talk.ping.read, "unknown-conversation");
  const after = Number(url.searchParams.get("after") ?? 0);
  const rows = talk.rows.filter((row) => row.side === "vendor" && row.number > after);
  return [200, canonical({ messages: rows.slice(0, 32), more: rows.length > 32 }), { "Retry-After": "1" }];
}

const server = createServer((request, response) => {
  const pieces = [];
  request.on("data", (piece) => pieces.length < 64 && pieces.push(piece));
  request.on("end", () => {
    let status, data, headers;
    try {
      [status, data, headers] = called(request, Buffer.concat(pieces));
    } catch (error) {
      const refused = error instanceof Refused ? error : new Refused("malformed"); // whatever cannot be read
      [status, data] = [refused.members.status, canonical(refused.members)];
      headers = { "Content-Type": "application/problem+json" };
    }
    const usual = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(data) };
    response.writeHead(status, { ...usual, ...headers }).end(data);
  });
});
server.listen(Number(PORT), "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
