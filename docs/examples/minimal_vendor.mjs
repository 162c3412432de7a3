// A whole vendor: `node minimal_vendor.mjs FOLDER PORT`, after make_card.py (its neighbour) has filled FOLDER.
//
// Node 18 or later, no packages. It signs the terms of its card, offers one thing at one price, confirms orders, and
// keeps every conversation as a JSON file that is on the disk before the answer leaves. Sections: docs/protocol.md.

import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";

const STATUS = { "too-large": 413, "wrong-type": 415, "not-served": 422, "unsupported": 422, "fork": 409,
  "missing": 409, "unknown-conversation": 404, "not-allowed-now": 409, "bad-seen": 409 }; // all others are 400
const NEEDS = { // section 7: the kinds that come in, the members that each must have, the states in which it may come
  "ping": ["category area answers_by asked read agreements digests", "new"], "reveal": ["agreement items", "agreed"],
  "counter": ["offer total currency", "offered"], "decline": ["offer reason", "offered"],
  "accept": ["offer order items", "offered"], "paid": ["order amount currency method", "confirmed"],
  "message": ["text", "agreed offered confirmed"], "withdraw-cast": ["", "agreed offered declined"],
  "end": ["", "agreed offered confirmed declined"],
};
const LINE = { title: "A good book", quantity: 1, unit: 1900, condition: "new", sku: "", gtin: "", link: "" };
const PRICE = { currency: "EUR", items: 1900, shipping: 300, fees: 0, tax: 0, total: 2200 };
// OpenSSL takes keys of small order, under which anything verifies; section 1 refuses them: by y, whatever x's sign.
const P = 2n ** 255n - 19n, Y8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
const SMALL_ORDER = [0n, 1n, P - 1n, Y8, P - Y8];

const b64 = (data) => Buffer.from(data).toString("base64url");
const digest = (data) => b64(createHash("sha256").update(data).digest());
const same = (one, other) => canonical(one) === canonical(other);
const load = (file) => (existsSync(file) ? JSON.parse(readFileSync(file)) : null);
const protectedFor = (typ, kid) => b64(canonical({ alg: "Ed25519", kid, typ: `intentcast-${typ}` }));
const jwk = (x, d) => ({ key: { kty: "OKP", crv: "Ed25519", x, d }, format: "jwk" });

const [FOLDER, PORT] = process.argv.slice(2);
const CARD_BYTES = readFileSync(`${FOLDER}/intentcast.json`);
const CARD = JSON.parse(CARD_BYTES);
const KEY = createPrivateKey(jwk(CARD.key, readFileSync(`${FOLDER}/vendor.key`, "ascii").trim()));
const PATH = new URL(`${CARD.endpoint}/conversations`).pathname;

class Refused extends Error {} // its message is a code of section 3, its cause the members that go with it
function need(holds, code, members) {
  if (!holds) throw new Refused(code, { cause: members });
}

function unb64(text) {
  const data = Buffer.from(text, "base64url");
  need(b64(data) === text, "malformed");
  return data;
}

function canonical(value) { // RFC 8785, which within the protocol's limits is this
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const names = Object.keys(value).filter((name) => value[name] !== undefined).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

function parse(data) {
  const value = JSON.parse(data);
  need(data.equals(Buffer.from(canonical(value))), "malformed");
  return value;
}

// The payload that `kid` signed for `typ`. The header is made anew and compared, never interpreted (section 1).
function verified(typ, kid, one, payload) {
  const raw = unb64(kid), data = Buffer.from(`${one.protected}.${payload}`);
  need(raw.length === 32 && one.protected === protectedFor(typ, kid), "bad-signature");
  const y = BigInt.asUintN(255, BigInt(`0x${raw.reverse().toString("hex")}`)) % P, key = createPublicKey(jwk(kid));
  need(!SMALL_ORDER.includes(y) && verify(null, data, key, unb64(one.signature)), "bad-signature");
  return parse(unb64(payload));
}

function signed(typ, payload) {
  const header = protectedFor(typ, CARD.key);
  return { protected: header, signature: b64(sign(null, Buffer.from(`${header}.${payload}`), KEY)) };
}

// Check, store and answer a ping (no `name`), or a further message of conversation `name`; returns its id.
function take(body, name) {
  const envelope = parse(body);
  const [header, payload, signature, ...rest] = envelope.jws.split("."), id = digest(envelope.jws);
  need(same(Object.keys(envelope), ["disclosures", "jws"]) && rest.length === 0, "malformed");
  const file = `${FOLDER}/${name || id}.talk`;
  let talk = load(file);
  need(talk || !name, "unknown-conversation");
  if (talk?.person.includes(id)) return talk.id; // the same bytes again: the same answer, no second effect
  const kid = talk ? talk.kid : JSON.parse(unb64(header)).kid;
  const said = verified("message", kid, { protected: header, signature }, payload);
  need(said.v === 1, "not-served");
  need((said.must ?? []).every((one) => ["v", "kind", ...NEEDS.ping[0].split(" ")].includes(one)), "unsupported");
  const [members, states] = NEEDS[said.kind] ?? ["unknown kind", ""];
  need(members.split(" ").every((one) => !one || one in said) && (talk || said.kind === "ping"), "malformed");
  need(said.aud === CARD.key && (!talk || said.conv === talk.id), "wrong-audience");
  const until = new Date(said.exp.includes("T") ? said.exp : `${said.exp}T23:59:59Z`).toISOString(); // throws if none
  need(new Date(Date.now() - 300_000).toISOString() <= until, "expired");
  if (!talk) {
    need(CARD.categories.includes(said.category) && CARD.regions.includes(said.area.country), "not-served");
    need(said.agreements.every((one) => one.signatures.length === 1), "bad-agreement");
    const texts = said.agreements.map((one) => verified("agreement", kid, one.signatures[0], one.payload));
    need(same(texts.map((text) => text.begins), ["ping", "accept"]), "bad-agreement");
    need(texts.every((text) => text.person === kid && text.vendor === CARD.key), "bad-agreement");
    talk = { id, kid, state: "new", ping: said, person: [], vendor: [], seen: 0, rows: [], offers: {} };
    talk.fits = same(texts.map((text) => text.entry), CARD.terms.map((each) => each.entry));
  }
  const last = talk.person.length, ids = [null, ...talk.vendor], seen = said.seen ?? { seq: 0, id: null };
  need(Number.isInteger(said.seq) && said.seq <= last + 1, "missing", { last }); // the two chains: section 4
  need(said.seq === last + 1 && said.prev === talk.person.at(-1), "fork");
  need(seen.seq >= talk.seen && seen.seq in ids && ids[seen.seq] === seen.id, "bad-seen");
  need([...states.split(" "), "ended"].includes(talk.state), "not-allowed-now", { state: talk.state });
  const items = (said.items ?? []).map((item) => item.digest); // what rides beside the message: section 6
  need(same([...items].sort(), envelope.disclosures.map(digest).sort()), "bad-disclosure");
  talk.person.push(id);
  talk.rows.push({ side: "person", number: said.seq, envelope });
  talk.seen = seen.seq;
  if (talk.state !== "ended") answer(talk, said, items);
  if (talk.state === "ended") for (const row of talk.rows) row.envelope.disclosures = []; // erased; the chains hold
  const out = openSync(`${file}.new`, "w");
  writeFileSync(out, canonical(talk));
  fsyncSync(out);
  closeSync(out);
  renameSync(`${file}.new`, file);
  return talk.id;
}

// What follows a message; `talk` is stored afterwards, or not at all where something is refused.
function answer(talk, said, items) {
  const asked = talk.ping.agreements, kind = said.kind, offered = new Map(Object.entries(talk.offers)).get(said.offer);
  if (kind === "ping") {
    const both = asked.map((one) => ({ ...one, signatures: [...one.signatures, signed("agreement", one.payload)] }));
    const answers = talk.fits ? { answer: "accept", agreements: both } : { answer: "decline", reason: "terms" };
    say(talk, talk.fits ? "agreed" : "declined", "terms-answer", answers);
  } else if (kind === "reveal") {
    need(said.agreement === digest(unb64(asked[0].payload)), "bad-agreement");
    need(items.every((item) => talk.ping.digests.includes(item)), "bad-disclosure");
    const until = new Date(Date.now() + 14 * 86_400_000).toISOString().replace(/\.\d+/, "");
    const offer = { lines: [LINE], price: PRICE, binding: true, fulfilment: "delivered", by: until.slice(0, 10) };
    const id = say(talk, "offered", "offer", { ...offer, valid_until: until, payment: ["on-delivery"] });
    talk.offers[id] = { ...offer, offer: id };
  } else if (kind === "accept") {
    need(said.order.signatures.length === 1, "bad-order");
    const order = said.order, text = verified("order", talk.kid, order.signatures[0], order.payload);
    const offer = { ...(offered ?? { offer: 0 }), agreement: digest(unb64(asked[1].payload)) };
    Object.assign(offer, { conv: talk.id, person: talk.kid, vendor: CARD.key, payment: "on-delivery" });
    need(Object.entries(offer).every(([name, value]) => same(text[name], value)), "bad-order");
    need(items.every((item) => text.digests.includes(item)), "bad-disclosure");
    const record = { conversation: talk.id, person: talk.person, vendor: talk.vendor.slice(0, talk.seen) };
    const how = { record: digest(canonical(record)), payment: { method: "on-delivery" } };
    order.signatures.push(signed("order", order.payload));
    say(talk, "confirmed", "confirmation", { order, ...how });
  } else if (kind === "withdraw-cast" || kind === "end") {
    say(talk, "ended", "closure", { reason: kind === "end" ? "ended" : "withdrawn", erased: true });
  } else {
    need(said.offer === undefined || offered, "malformed");
    say(talk, talk.state, "acknowledgement", { of: talk.person.at(-1) });
  }
}

function say(talk, state, kind, members) {
  const said = { v: 1, kind, aud: talk.kid, conv: talk.id, exp: "2100-01-01", ...members, prev: talk.vendor.at(-1) };
  Object.assign(said, { seq: talk.vendor.length + 1, seen: { seq: talk.person.length, id: talk.person.at(-1) } });
  const payload = b64(canonical(said)), one = signed("message", payload);
  const envelope = { disclosures: [], jws: `${one.protected}.${payload}.${one.signature}` };
  talk.vendor.push(digest(envelope.jws));
  talk.rows.push({ side: "vendor", number: said.seq, envelope });
  talk.state = state;
  return talk.vendor.at(-1);
}

async function reply(request, response) {
  let body = Buffer.alloc(0), status, data, more;
  try {
    for await (const piece of request) if (body.length <= 65_536) body = Buffer.concat([body, piece]);
    [status, data, more] = called(request, body);
  } catch (error) {
    const [code, members] = error instanceof Refused ? [error.message, error.cause] : ["malformed"];
    [status, more] = [STATUS[code] ?? 400, { "Content-Type": "application/problem+json" }];
    data = canonical({ type: `urn:intentcast:error:${code}`, title: code, status, ...members });
  }
  const usual = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(data) };
  response.writeHead(status, { ...usual, ...more }).end(data);
}

function called(request, body) {
  const { method, headers } = request, url = new URL(request.url, CARD.endpoint), asked = `${method} ${url.pathname}`;
  if (asked === "GET /.well-known/intentcast.json") return [200, CARD_BYTES, { ETag: `"${digest(CARD_BYTES)}"` }];
  const [before, name, ...rest] = url.pathname.replace(PATH, "").split("/");
  need(url.pathname.startsWith(PATH) && !before && (name === undefined || rest.length === 1), "unknown-conversation");
  if (method === "POST") {
    need((headers["content-type"] ?? "").split(";")[0] === "application/json", "wrong-type");
    need(body.length <= 65_536, "too-large");
    return [202, "", { "Retry-After": "1", "Location": `${CARD.endpoint}/conversations/${take(body, name)}` }];
  }
  const talk = load(`${FOLDER}/${name}.talk`), secret = (headers.authorization ?? "").replace("Bearer ", "");
  need(talk && digest(secret) === talk.ping.read, "unknown-conversation");
  const after = Number(url.searchParams.get("after") ?? 0);
  const rows = talk.rows.filter((row) => row.side === "vendor" && row.number > after);
  return [200, canonical({ messages: rows.slice(0, 32), more: rows.length > 32 }), { "Retry-After": "1" }];
}

const server = createServer(reply);
server.listen(Number(PORT), "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
