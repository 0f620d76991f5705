// Rows of a long list come whole, some at a time: those around the one in hand.

const AHEAD = 8; // rows that should be whole before somebody comes to them
let asked = null; // one request at a time

export const isFolded = (card) => card?.dataset.folded !== undefined;

// Brings the row and those around it; what is typed elsewhere stays.
export async function unfold(card, prepare) {
  const record = card.closest("#record"), id = card.id.slice(1);
  asked ||= bring(record, id, prepare).finally(() => { asked = null; });
  await asked;
  if (isFolded(document.getElementById(card.id))) await bring(record, id, prepare);
}

async function bring(record, id, prepare) {
  const answer = await fetch(`/cards/${record.dataset.document}?at=${id}`);
  if (!answer.ok) throw new Error(`The row cannot be shown (${answer.status}).`);
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const fresh of parsed.querySelectorAll(".card.delegate")) {
    const here = document.getElementById(fresh.id);
    if (isFolded(here)) {
      const node = document.adoptNode(fresh);
      here.replaceWith(node);
      prepare(node);
    }
  }
}

export function unfoldAhead(card, cards, prepare) {
  const at = cards.indexOf(card);
  const next = at < 0 ? null : cards.slice(at, at + AHEAD).find(isFolded);
  if (next && !asked) unfold(next, prepare).catch(() => {});
}
