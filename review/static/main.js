// The reply on the screen: keys, forms, the next reply waiting behind it.
// Everything here is also a form or a link, and works without this script, with more clicks.

import { Scan } from "./scan.js";
import * as fields from "./fields.js";
import { isFolded, unfold, unfoldAhead } from "./folding.js";
import * as palette from "./palette.js";

const FIELD_KEYS = { h: "honorific", n: "name", t: "title", o: "organization", e: "email", p: "phone", r: "role" };
const state = { scan: null, ready: null, sending: Promise.resolve(), waiting: 0, card: null, field: null, left: null };
const $ = (selector, from = document) => from.querySelector(selector);
const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
const main = () => $("main.reply");
const record = () => $("#record");
const option = (id) => localStorage.getItem(id);
const LOOK_AGAIN_MS = 60_000; // others are told that the reply is open here

function say(text, bad = false) {
  const place = $("#said");
  place.textContent = text;
  place.classList.toggle("bad", bad);
}

// ---- what is in hand

function activate(card) {
  if (!card) return;
  for (const other of $$(".card.active")) other.classList.toggle("active", other === card);
  card.classList.add("active");
  state.card = card;
  nameOthers(card);
}

// Long lists have no names to give an address to until their delegate is in hand: every name in
// every row would be a quarter of a million of them for 500 delegates.
function nameOthers(card) {
  const choice = $("select[name=other]", card);
  if (!choice || choice.options.length > 1) return;
  for (const other of cards()) {
    if (other === card) continue;
    const row = `${other.id.slice(1)}:${$("[name=version]", other).value}`;
    choice.add(new Option($("h2 bdi", other).textContent, row));
  }
}

function allPlaces(card) { return $$(".field", card).flatMap(fields.placesOf); }

function showField(field) {
  const card = field.closest(".card");
  state.field = field;
  state.scan?.show(card.id === "note" ? [] : allPlaces(card), fields.placesOf(field), field.classList.contains("doubt"));
}

function focusCard(card) {
  if (isFolded(card)) return openRow(card);
  unfoldAhead(card, cards(), prepareCard);
  activate(card);
  state.field = null;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
  const doubtful = $$(".field.doubt", card).flatMap(fields.placesOf);
  if (state.scan) {
    state.scan.show(allPlaces(card), [], false);
    if (doubtful.length) state.scan.show(allPlaces(card), doubtful, true);
  }
}

// A row that is not there as a whole yet; it is in hand as soon as it is.
function openRow(card) {
  activate(card);
  card.scrollIntoView({ block: "nearest" });
  return unfold(card, prepareCard)
    .then(() => { if (state.card?.id === card.id) focusCard(document.getElementById(card.id)); })
    .catch((error) => say(error.message, true));
}

function prepareCard(card) {
  setTabStops(card);
  for (const field of $$(".field", card)) markState(field);
}

function focusField(card, name) {
  const input = fields.inputOf($(`.field[data-field="${name}"]`, card));
  if (!input) return;
  activate(card);
  input.focus();
  if (fields.isText(input)) input.select();
}

function cards() { return $$(".card.delegate", record()); }
function stops() { return $$('.card.delegate[data-stop="1"]', record()); }

function firstStop() {
  const wanted = record().dataset.focus && document.getElementById(record().dataset.focus);
  const fromAddress = document.getElementById(location.hash.slice(1));
  const note = $("#note");
  const last = note.dataset.stop === "1" ? note : null;
  focusCard(wanted || (fromAddress?.matches(".card") ? fromAddress : null) || stops()[0] || last || cards()[0] || note);
}

// Tab goes from one doubtful field to the next; with the setting on, to every field.
function setTabStops(within = record()) {
  const every = option("all-fields") === "1";
  for (const element of $$("input, select, button, summary, a", within)) {
    if (every) { element.removeAttribute("tabindex"); continue; }
    const field = element.closest(".field.doubt");
    const card = element.closest(".card");
    if (!card) continue;
    const open = card.dataset.stop === "1" || card.id === "add";
    const first = field && ($(".choice", field) || fields.inputOf(field));
    element.tabIndex = (open && element === first) || card.id === "add" ? 0 : -1;
  }
}

// ---- sending

async function post(url, body) {
  const answer = await fetch(url, { method: "POST", body, headers: { "X-Review": "1" } });
  const kind = answer.headers.get("content-type") || "";
  if (!kind.startsWith("application/json")) {
    throw new Error(answer.status === 401 ? "You were logged out; nothing was lost. Log in in another tab and send it again."
                                          : `Not saved (${answer.status}).`);
  }
  return { ok: answer.ok, ...(await answer.json()) };
}

function replaceRecord(html, form) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("#record");
  const kept = fields.unsent(record(), form);
  const from = record().scrollTop;
  record().replaceWith(document.adoptNode(fresh));
  fields.putBack(record(), kept);
  record().scrollTop = from;
  prepareRecord();
}

// One row of a long list.
function replaceCard(html, stamp) {
  const fresh = document.adoptNode(new DOMParser().parseFromString(html, "text/html").querySelector(".card"));
  saveLetters();
  document.getElementById(fresh.id).replaceWith(fresh);
  record().dataset.stamp = stamp;
  const next = fresh.closest("li").nextElementSibling;
  const below = next && $("[name=above_version]", next);
  if (below) below.value = $("[name=version]", fresh).value;
  prepareCard(fresh);
}

// The letters stand in the card in hand; they are none of its own.
function saveLetters() {
  const letters = $("#letters");
  if (letters) { letters.hidden = true; record().append(letters); }
}

// One edit at a time, in the order of the keys; what they answer decides where to go. A key that
// was pressed before the answer came is meant for the delegate that the answer leads to.
function send(form, action) {
  const ahead = state.waiting > 0 && action === "accept";
  state.waiting += 1;
  state.sending = state.sending
    .then(() => sendNow(ahead && state.card ? state.card : form, action))
    .catch((error) => say(error.message, true))
    .finally(() => { state.waiting -= 1; });
  return state.sending;
}

async function sendNow(form, action) {
  if (form.id === "note" && action === "accept") action = "confirm";
  form = form.isConnected ? form : document.getElementById(form.id);
  if (!form) return;
  if (isFolded(form)) { await openRow(form); return; } // nobody has seen it yet
  const body = new URLSearchParams(new FormData(form));
  body.set("do", action);
  if (body.has("stamp")) body.set("stamp", record().dataset.stamp); // rows may have been answered alone
  const id = form.id;
  const old = main(), address = location.pathname;
  const sent = post(form.action, body);
  const ahead = isLast(form, action);
  if (ahead) await show(main().dataset.next); // not waiting for the answer, which is nearly always yes
  let answer;
  try {
    answer = await sent;
  } catch (error) {
    if (ahead) comeBack(old, address);
    throw error;
  }
  if (ahead && answer.ok) return say(answer.message);
  if (ahead) comeBack(old, address);
  if (answer.html && String(answer.document) === record().dataset.document) replaceRecord(answer.html, form);
  if (answer.card && String(answer.document) === record().dataset.document) replaceCard(answer.card, answer.stamp);
  say(answer.message, !answer.ok);
  if (!answer.ok) {
    const card = answer.add ? $("#add") : answer.focus ? document.getElementById(`d${answer.focus}`) : $("#note");
    const refused = $("[aria-invalid]", record());
    if (refused) { activate(refused.closest(".card")); refused.focus(); showField(refused.closest(".field")); return; }
    const named = form.isConnected && $("[required]:invalid", form);
    if (named) { named.focus(); return; }
    const clash = card && $$(".field", card).find((f) => $(".choice", f) && fields.inputOf(f).value !== "" );
    focusCard(card || $("#note"));
    if (clash) showField(clash);
    return;
  }
  await moveOn(id, action, answer.focus);
}

// Whether this edit is the last thing to do here, and the next reply is there already.
function isLast(form, action) {
  if (!["accept", "confirm"].includes(action) || !state.ready?.node) return false;
  const others = stops().filter((card) => card !== form);
  const note = $("#note");
  const open = others.length || (form !== note && note.dataset.stop === "1");
  return !open && !$$("form.card", record()).some((other) => other !== form && other.id !== "add" && fields.isDirty(other));
}

// The reply was left too early: it stands there again as it was, with everything typed in it.
function comeBack(old, address) {
  main().replaceWith(old);
  history.pushState({}, "", address);
  begin();
}

async function moveOn(id, action, focus) {
  const here = document.getElementById(focus ? `d${focus}` : id);
  if (action === "accept" || action === "reject" || action === "remove") {
    const list = cards(), place = list.findIndex((c) => c.id === id);
    const open = stops();
    const following = open.find((c) => list.indexOf(c) > place) || open[0];
    if (following) return focusCard(following);
    const note = $("#note");
    return note.dataset.stop === "1" ? focusCard(note) : go("next");
  }
  if (["confirm", "rest"].includes(action) && stops().length) return focusCard(stops()[0]);
  if (action === "rest" && $("#note").dataset.stop === "1") return focusCard($("#note"));
  if (["confirm", "rest", "nobody", "relation", "later"].includes(action)) return go("next");
  if (action === "take_up") return firstStop();
  if (["confirmed", "errors", "ask_mission"].includes(action)) { firstStop(); $("#mission")?.scrollIntoView({ block: "nearest" }); return undefined; }
  if (here?.matches(".card") && !here.hidden) return focusCard(here);
  return firstStop();
}

async function undo() {
  state.sending = state.sending.then(async () => {
    const answer = await post("/undo", new URLSearchParams());
    say(answer.message, !answer.ok);
    if (!answer.document) { // of a State and no reply: its list is shown anew
      if (!main()) {
        sessionStorage.setItem("said", answer.message);
        location.reload();
      }
      return;
    }
    if (!main()) return leave(`/reply/${answer.document}`, answer.message);
    if (main() && String(answer.document) === record().dataset.document) {
      replaceRecord(answer.html, null);
      firstStop();
    } else await show(`/reply/${answer.document}`);
  }).catch((error) => say(error.message, true));
}

// ---- from reply to reply

async function fetchReply(url, from = "") {
  const answer = await fetch(url, { headers: from ? { "X-From": from } : {} });
  if (!answer.ok) throw new Error(`The reply cannot be shown (${answer.status}).`);
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = parsed.querySelector("main.reply");
  if (!fresh) { location.assign(url); return null; }
  const node = document.adoptNode(fresh);
  for (const image of $$("img", node).slice(0, 2)) {
    image.loading = "eager";
    image.src = image.getAttribute("src"); // begins to load though it is not on the screen yet
    image.decode?.().catch(() => {});
  }
  return { url, node, title: parsed.title };
}

function prefetch() {
  const url = main()?.dataset.next;
  if (url && state.ready?.url !== url) {
    const ready = { url, node: null, promise: fetchReply(url, main().dataset.reply).catch(() => null) };
    ready.promise.then((found) => { ready.node = found?.node; ready.title = found?.title; });
    state.ready = ready;
  }
}

// What was typed and not sent is saved when the reply is left; how many rows that were, null if
// one of them was refused.
async function saveAll() {
  let saved = 0;
  for (const form of $$("form.card[data-script]", record())) {
    if (form.id !== "add" && fields.isDirty(form)) {
      const body = new URLSearchParams(new FormData(form));
      body.set("do", "save");
      const answer = await post(form.action, body);
      if (!answer.ok) {
        replaceRecord(answer.html, form);
        say(answer.message, true);
        focusCard(document.getElementById(form.id) || $("#note"));
        return null;
      }
      saved += 1;
    }
  }
  return saved;
}

async function go(where) {
  const url = where === "next" ? main().dataset.next : main().dataset.previous;
  const saved = await saveAll();
  if (saved === null) return;
  const words = saved ? `Saved before leaving: ${saved} changed ${saved === 1 ? "row" : "rows"}. u takes it back.` : "";
  if (!url) return toQueue(words || $("#said").textContent);
  await show(url);
  if (words) say(words);
}

// The queue is another page: what was said last is said there once more.
const toQueue = (words) => leave("/queue", words);

function leave(url, words) {
  sessionStorage.setItem("said", words);
  location.assign(url);
}

function sayAgain() {
  const words = sessionStorage.getItem("said");
  sessionStorage.removeItem("said");
  if (words) say(words);
}

async function show(url, push = true) {
  let found = state.ready?.url === url ? state.ready : null;
  if (found && !found.node) found = { ...(await found.promise), url };
  if (!found?.node) found = await fetchReply(url);
  if (!found) return;
  state.ready = null;
  if (!main()) { location.assign(url); return; }
  main().replaceWith(found.node);
  if (push) history.pushState({}, "", url);
  document.title = found.title;
  begin();
}

async function look() {
  const document_ = record().dataset.document;
  const next = main().dataset.next?.split("/").pop();
  const answer = await post(`/look/${document_}`, new URLSearchParams(next ? { next } : {})).catch(() => null);
  if (!answer?.ok || record()?.dataset.document !== document_) return;
  const notice = $("#other");
  notice.hidden = !answer.other;
  notice.textContent = answer.other ? `${answer.other} has this reply open, too.` : "";
  if (answer.stamp !== record().dataset.stamp && !$$("form.card", record()).some(fields.isDirty)) {
    const fresh = await fetchReply(`/reply/${document_}`);
    if (!fresh || record().dataset.document !== document_) return;
    main().replaceWith(fresh.node); // somebody changed it since it was fetched
    begin(false);
    say("This reply was changed meanwhile; it is shown as it is now.");
  }
}

// ---- keys

function onKey(event) {
  const element = event.target, typing = fields.isField(element);
  if ($("dialog[open]")) return;
  if (event.ctrlKey || event.metaKey) return;
  if (!main()) return queueKey(event, typing);
  const card = element.closest?.(".card") || state.card;
  if (palette.isIn(element)) return palette.onKey(event);
  if (event.key === "Enter") return enter(event, element, card);
  if (event.key === "Escape") return escape(event, element, card);
  if (event.altKey) return altKey(event, card);
  if (typing || element.matches?.("summary") || option("single-keys") === "0") return;
  if (plainKey(event, card)) event.preventDefault();
}

// Keys of the pages that are no reply.
function queueKey(event, typing) {
  const key = { "?": () => $("#help").showModal(), u: undo, "/": () => $("#q")?.focus() }[event.key];
  const free = !typing && !event.altKey && (event.key === "?" || option("single-keys") !== "0");
  if (key && free) { event.preventDefault(); key(); }
  if (event.key === "Enter" && event.target === document.body) $("#begin")?.click();
}

function enter(event, element, card) {
  if (!card || element.closest("a, summary, header, #later, .scan .tools")) return;
  if (element.matches("button:not(.choice)")) return; // a button does what it says
  if (element.closest("details")) return;
  event.preventDefault();
  if (event.repeat) return;
  send(card, card.id === "note" ? "confirm" : card.id === "add" ? "add" : element.name === "other" ? "swap" : "accept");
}

// Once: out of the field, with what was typed still in it. Twice: its stored value is back.
function escape(event, element, card) {
  if (!card) return;
  if (fields.isField(element)) {
    event.preventDefault();
    const field = element.closest(".field");
    card.focus({ preventScroll: true });
    if (field) showField(field);
    state.left = element;
    if (fields.isChanged(element)) say("Not saved yet; Esc puts the stored value back.");
  } else if (state.left?.isConnected && fields.isChanged(state.left)) {
    event.preventDefault();
    fields.restore(state.left);
    say("Put back.");
  }
}

function altKey(event, card) {
  const digit = /^Digit([1-4])$/.exec(event.code)?.[1];
  if (digit && fields.choose(state.field, +digit)) event.preventDefault();
  if (event.code === "KeyA" && fields.isField(event.target) && palette.enter()) event.preventDefault();
  const move = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  if (move && card?.matches(".delegate")) { event.preventDefault(); send(card, move); }
}

function plainKey(event, card) {
  const key = event.key;
  if (FIELD_KEYS[key] && card?.matches(".delegate, .add")) { focusField(card, FIELD_KEYS[key]); return true; }
  if (/^[1-4]$/.test(key)) return takeReading(card, +key);
  if (key === "ArrowDown" || key === "j") return step(card, 1);
  if (key === "ArrowUp" || key === "k") return step(card, -1);
  const simple = {
    u: undo, "?": () => $("#help").showModal(), "]": () => go("next"), "[": () => go("previous"),
    "+": () => state.scan?.zoom("in"), "-": () => state.scan?.zoom("out"), 0: () => state.scan?.next(), v: () => state.scan?.turnTones(), w: () => $("#until")?.focus(),
    A: () => $("#rest") && send($("#rest"), "rest"), c: () => focusCard($("#note")), d: openMore, y: () => $("#answer") && send($("#answer"), "confirmed"), a: () => openAdd(card), g: () => $(".give select", card)?.focus(),
  }[key];
  if (simple) { simple(); return true; }
  const button = card?.matches(".delegate") && $(`button[data-key="${key}"]`, card);
  if (button) { send(card, button.value); return true; }
  return false;
}

// The field in hand, else the first one of the delegate that has several readings.
function takeReading(card, number) {
  const field = state.field?.closest(".card") === card && $(".choice", state.field) ? state.field
    : card && $$(".field", card).find((f) => $(".choice", f));
  if (!field || !fields.choose(field, number)) return false;
  showField(field);
  return true;
}

function step(card, by) {
  const list = cards(), place = list.indexOf(card);
  const next = list[place < 0 ? (by > 0 ? 0 : list.length - 1) : place + by];
  if (next) focusCard(next);
  return Boolean(next);
}

function openMore() {
  $("#more").open = true;
  $("#more").scrollIntoView({ block: "nearest" });
  $("#nobody").focus();
}

// Of somebody who may be missing, the first one that is in no row yet; `from` is what was clicked.
function orphan(from) {
  if (from?.dataset.values) return from;
  const known = cards().map((card) => `${$("h2", card).textContent} ${$(".summary", card)?.textContent}`).join(" ");
  return $$("#note [data-values]").find((link) =>
    !Object.values(JSON.parse(link.dataset.values)).some((text) => known.includes(text)));
}

function fillAdd(form, link) {
  const values = link ? JSON.parse(link.dataset.values) : {};
  for (const field of $$(".field", form)) {
    const input = fields.inputOf(field);
    if (!fields.isChanged(input)) input.value = input.defaultValue || values[input.name] || "";
    field.dataset.places = link && values[input.name] ? link.dataset.places : field.dataset.places;
  }
  const line = $("[data-line]", form);
  if (link?.dataset.line) { line.hidden = false; $("bdi", line).textContent = link.dataset.line; }
}

function openAdd(card, from = null) {
  const form = $("#add");
  form.hidden = false;
  const link = orphan(from);
  fillAdd(form, link);
  $("[name=after]", form).value = card?.matches(".delegate") ? card.id.slice(1) : "";
  if (card?.matches(".delegate")) card.closest("li").after(form); // where it will stand
  activate(form);
  setTabStops();
  $("#add-honorific").focus();
  if (link) state.scan?.show([], JSON.parse(link.dataset.places), true);
  form.scrollIntoView({ block: "nearest" });
}

// ---- wiring

function prepareRecord() {
  setTabStops();
  for (const field of $$(".field", record())) markState(field);
}

function markState(field) {
  const input = fields.inputOf(field);
  if (!input) return;
  field.classList.toggle("changed", fields.isChanged(input));
  fields.markChosen(field);
}

function begin(claim = true) {
  state.card = state.field = null;
  state.scan = new Scan($(".scan"), (words) => {
    const field = state.field || (state.card && $(".field", state.card));
    const input = fields.inputOf(field);
    if (!input) return say("Choose a field first.");
    fields.takeWords(input, words);
    input.focus();
  });
  prepareRecord();
  showRows();
  firstStop();
  if (claim) look();
  prefetch();
}

const showRows = () => state.scan.setRows(cards().flatMap(allPlaces));

document.addEventListener("keydown", onKey);
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id === "undo") { event.preventDefault(); undo(); return; }
  if (!form.matches("[data-script]") || !main()) return;
  event.preventDefault();
  send(form, event.submitter?.value || "save");
});
document.addEventListener("focusin", (event) => {
  const card = event.target.closest?.(".card");
  if (card) activate(card);
  if (card && main()) palette.showFor(event.target, card);
  const field = event.target.closest?.(".field");
  if (field) showField(field);
  if (fields.isText(event.target)) delete event.target.dataset.clicked;
  if (fields.isField(event.target)) state.left = null;
});
document.addEventListener("input", (event) => {
  const field = event.target.closest?.(".field");
  if (field) markState(field);
});
document.addEventListener("click", (event) => {
  const choice = event.target.closest?.(".choice");
  if (choice) {
    const field = choice.closest(".field");
    fields.choose(field, $$(".choice", field).indexOf(choice) + 1);
    showField(field);
  }
  const where = event.target.closest?.("[data-go]")?.dataset.go;
  if (where && main() && main().dataset[where] && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    go(where);
  }
  const opener = event.target.closest?.("[data-open]");
  if (opener && main()) { event.preventDefault(); openAdd(state.card, opener); }
  const letter = event.target.closest?.("[data-letter]");
  if (letter) palette.take(letter);
  if (event.target.closest?.(".unfold")) { event.preventDefault(); focusCard(event.target.closest(".card")); }
  if (event.target.closest?.("[data-print]") && main()) window.print();
  if (event.target.closest?.("[data-close]")) { $("#add").reset(); $("#add").hidden = true; firstStop(); }
  if (event.target.closest?.("#keys")) $("#help").showModal();
  const card = event.target.closest?.(".card.delegate");
  if (card && !event.target.closest("input, select, button, label, .choice")) focusCard(card);
});
document.addEventListener("selectionchange", palette.showCase);
for (const id of ["all-fields", "single-keys", "dim-scan"]) {
  const box = document.getElementById(id);
  if (!box) continue;
  if (option(id) !== null) box.checked = option(id) === "1";
  box.addEventListener("change", () => { localStorage.setItem(id, box.checked ? "1" : "0"); dim(); if (main()) setTabStops(); });
}
function dim() { document.documentElement.classList.toggle("dim", option("dim-scan") === "1"); }
window.addEventListener("popstate", () => { if (location.pathname.startsWith("/reply/")) show(location.pathname, false); else location.reload(); });
window.addEventListener("beforeunload", (event) => {
  if (main() && $$("form.card", record()).some(fields.isDirty)) event.preventDefault();
});
window.addEventListener("resize", () => { if (main()) { const card = state.card; state.scan.fit(); if (card) state.field ? showField(state.field) : focusCard(card); } });
setInterval(() => { if (main() && !document.hidden) look(); }, LOOK_AGAIN_MS);
document.documentElement.classList.add("script");
dim();
sayAgain();
if (main()) begin();
