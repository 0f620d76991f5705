// Fields of the record: what was changed, readings to choose from, words that a click brings.

export const isText = (element) => element?.matches?.("input:not([type=hidden]):not([type=checkbox]), textarea");
export const isField = (element) => isText(element) || element?.matches?.("select");
export const inputOf = (field) => field?.querySelector("input, select");
export const placesOf = (field) => JSON.parse(field.dataset.places || "[]");

const stored = (input) => input.matches("select")
  ? [...input.options].find((o) => o.defaultSelected)?.value ?? input.options[0]?.value ?? ""
  : input.defaultValue;

export const isChanged = (input) => input.name !== "other" && input.value !== stored(input);

export function isDirty(form) {
  return form.hasAttribute("data-unsaved") ||
    [...form.querySelectorAll(".field input, .field select")].some(isChanged);
}

export function put(input, text) {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

export function restore(input) { put(input, stored(input)); }

// A reading that two readers disagree about, by its number from 1; false if there is none.
export function choose(field, number) {
  const button = field?.querySelectorAll(".choice")[number - 1];
  if (!button) return false;
  put(inputOf(field), button.dataset.value);
  markChosen(field);
  return true;
}

export function markChosen(field) {
  const value = inputOf(field)?.value;
  for (const button of field.querySelectorAll(".choice")) {
    button.setAttribute("aria-pressed", String(button.dataset.value === value));
  }
}

// Words of the page into a field: the first click replaces what is there, further ones add.
export function takeWords(input, words) {
  const fresh = !input.dataset.clicked;
  input.dataset.clicked = "1";
  if (input.matches("select")) return;
  const mail = input.name === "email";
  let text = words.join(mail ? "" : " ").replace(/[,;:،；，]+$/u, "");
  if (mail) text = text.replace(/^[(<\[]+|[)>\].]+$/gu, "").toLowerCase();
  put(input, fresh || !input.value ? text : input.value + (mail ? "" : " ") + text);
}

// Edits of other forms that have not been sent yet, by element id.
export function unsent(record, except) {
  const kept = new Map();
  for (const form of record.querySelectorAll("form[data-script]")) {
    if (form === except) continue;
    for (const input of form.querySelectorAll(".field input, .field select")) {
      if (isChanged(input)) kept.set(input.id, input.value);
    }
  }
  return kept;
}

export function putBack(record, kept) {
  for (const [id, value] of kept) {
    const input = record.ownerDocument.getElementById(id);
    if (input) put(input, value);
  }
}
