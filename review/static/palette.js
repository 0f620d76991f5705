// Letters of the sender's languages that a keyboard may not have, for the field in hand.
// They stand with the buttons of the card; Alt and a goes to them, and back with Escape.

import { isText, put } from "./fields.js";

const NAMES = ["name", "title", "organization", "name_latin"];
// letters that do not fall apart into a base and an accent
const BASES = { đ: "d", ð: "d", ħ: "h", ı: "i", ł: "l", ø: "o", æ: "a", œ: "o", ß: "s", þ: "t", ə: "e" };

let field = null; // the input that the letters go to

const palette = () => document.getElementById("letters");
const bare = (letter) => BASES[letter] || letter.normalize("NFD")[0];

// Shown for a field of words of the card in hand, hidden for any other.
export function showFor(input, card) {
  const here = palette();
  if (!here || here.contains(input)) return;
  const wanted = isText(input) && NAMES.includes(input.name);
  here.hidden = !wanted;
  field = wanted ? input : null;
  if (!wanted) return;
  card.querySelector(".actions")?.append(here);
  showCase();
}

// As they would be written: large at the beginning of a word and in a word of large letters.
export function showCase() {
  if (!field) return;
  const large = isLarge(field.value, field.selectionStart ?? field.value.length);
  for (const button of palette().querySelectorAll("button")) {
    button.textContent = large ? upper(button.dataset.letter) : button.dataset.letter;
  }
}

const upper = (letter) => letter === "ß" ? "ẞ" : letter === "i" ? "İ" : letter.toUpperCase();

function isLarge(text, at) {
  const [before] = text.slice(0, at).match(/\p{L}*$/u);
  if (before.length < 2) return !before || before === before.toUpperCase();
  return before === before.toUpperCase();
}

// To the letters, first those whose base was typed last: after "D" to "Đ".
export function enter() {
  const here = palette();
  if (!field || here.hidden) return false;
  const last = field.value.slice(0, field.selectionStart ?? undefined).slice(-1).toLowerCase();
  const buttons = [...here.querySelectorAll("button")];
  (buttons.find((button) => bare(button.dataset.letter) === last) || buttons[0])?.focus();
  return true;
}

export const isIn = (element) => Boolean(element.closest?.("#letters"));

// Arrows go from letter to letter, a letter's base to its accents, Enter takes it, Escape goes back.
export function onKey(event) {
  const buttons = [...palette().querySelectorAll("button")], at = buttons.indexOf(event.target);
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  event.preventDefault();
  if (step) buttons[(at + step + buttons.length) % buttons.length].focus();
  else if (event.key === "Enter" || event.key === " ") take(event.target);
  else if (event.key === "Escape" || event.key === "Tab") field?.focus();
  else {
    const ahead = [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)];
    ahead.find((button) => bare(button.dataset.letter) === event.key.toLowerCase())?.focus();
  }
}

// The letter goes where the writing is, in the place of what is marked or of its own base before it.
export function take(button) {
  if (!field?.isConnected) return;
  const letter = button.textContent, base = bare(button.dataset.letter);
  let start = field.selectionStart ?? field.value.length;
  const end = field.selectionEnd ?? start;
  if (start === end && start && field.value[start - 1].toLowerCase() === base) start -= 1;
  const large = start < end ? field.value[start] !== field.value[start].toLowerCase() : null;
  const written = large === null ? letter : large ? upper(button.dataset.letter) : button.dataset.letter;
  put(field, field.value.slice(0, start) + written + field.value.slice(end));
  field.focus();
  field.setSelectionRange(start + written.length, start + written.length);
  showCase();
}
