// The scan: its size, where it is scrolled to, the boxes on it, and the words under the pointer.
// Boxes are pixels of the page image, origin top left; `scale` is CSS pixels for one of them.

const SVG = "http://www.w3.org/2000/svg";
const LARGEST = 3, READABLE = 0.8, DRAG = 6;

export class Scan {
  constructor(section, onWords) {
    this.view = section.querySelector(".viewport");
    this.sheets = [...section.querySelectorAll(".sheet[data-width]")].filter((s) => +s.dataset.width);
    this.words = new Map(this.sheets.map((s) => [s, JSON.parse(s.dataset.words)]));
    this.onWords = onWords;
    this.fit();
    for (const sheet of this.sheets) {
      for (const box of JSON.parse(sheet.dataset.unread)) this.#draw(sheet, box, "unread");
      this.#listen(sheet);
    }
    for (const button of section.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.zoom(button.dataset.zoom));
    }
    for (const button of section.querySelectorAll("[data-page-to]")) {
      button.addEventListener("click", () => this.#sheet(+button.dataset.pageTo)?.scrollIntoView());
    }
  }

  get fitting() {
    const widest = Math.max(...this.sheets.map((s) => +s.dataset.width), 1);
    return (this.view.clientWidth - 2) / widest;
  }

  fit() { this.#resize(this.fitting); }

  zoom(how) {
    if (how === "fit") return this.fit();
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.view;
    const before = this.scale;
    this.#resize(Math.min(LARGEST, Math.max(0.1, before * (how === "in" ? 1.25 : 0.8))));
    const by = this.scale / before;
    this.view.scrollTo((scrollLeft + clientWidth / 2) * by - clientWidth / 2,
                       (scrollTop + clientHeight / 2) * by - clientHeight / 2);
  }

  // Mark places ([page, left, top, right, bottom]) and bring the first page with one into view.
  show(near, strong = [], doubtful = false) {
    for (const mark of this.view.querySelectorAll("rect:not(.unread)")) mark.remove();
    for (const place of near) this.#mark(place, "near");
    for (const place of strong) this.#mark(place, doubtful ? "hit doubt" : "hit");
    const target = strong.length ? strong : near;
    if (target.length) this.#bring(target, strong.length > 0);
  }

  #mark([page, ...box], name) {
    const sheet = this.#sheet(page);
    if (sheet) this.#draw(sheet, box, name);
  }

  #draw(sheet, [left, top, right, bottom], name, pad = 5) {
    const rect = document.createElementNS(SVG, "rect");
    const facts = { x: left - pad, y: top - pad, width: right - left + 2 * pad,
                    height: bottom - top + 2 * pad, rx: 3, class: name };
    for (const [key, value] of Object.entries(facts)) rect.setAttribute(key, value);
    sheet.querySelector("svg").append(rect);
    return rect;
  }

  #bring(places, close) {
    const page = places[0][0], sheet = this.#sheet(page);
    if (!sheet) return;
    const here = places.filter((p) => p[0] === page);
    const left = Math.min(...here.map((p) => p[1])), top = Math.min(...here.map((p) => p[2]));
    const right = Math.max(...here.map((p) => p[3])), bottom = Math.max(...here.map((p) => p[4]));
    const { clientWidth: wide, clientHeight: high } = this.view;
    const room = Math.min((wide - 60) / Math.max(right - left, 1), (high - 80) / Math.max(bottom - top, 1));
    this.#resize(Math.max(this.fitting, Math.min(close ? READABLE : READABLE * 0.85, room)));
    const x = (left + right) / 2 * this.scale, y = (top + bottom) / 2 * this.scale;
    // the beginning of a line is kept in view where there is a choice
    const start = Math.max(0, Math.min(left * this.scale - 40, x - wide / 2));
    this.view.scrollTo(start, sheet.offsetTop + y - high * 0.42);
  }

  #resize(scale) {
    this.scale = scale;
    for (const sheet of this.sheets) {
      const holder = sheet.querySelector("img");
      holder.style.width = `${sheet.dataset.width * scale}px`;
      holder.style.height = `${sheet.dataset.height * scale}px`;
      sheet.style.width = holder.style.width;
      sheet.querySelector("svg").style.height = holder.style.height;
    }
  }

  #sheet(page) { return this.sheets.find((s) => +s.dataset.page === page); }

  #at(sheet, event) {
    const frame = sheet.querySelector("img").getBoundingClientRect();
    return [(event.clientX - frame.left) / this.scale, (event.clientY - frame.top) / this.scale];
  }

  #inside(sheet, x0, y0, x1, y1) {
    const [left, right] = [Math.min(x0, x1), Math.max(x0, x1)];
    const [top, bottom] = [Math.min(y0, y1), Math.max(y0, y1)];
    const point = left === right && top === bottom;
    return this.words.get(sheet).filter(([, l, t, r, b]) => point
      ? l - 4 <= left && left <= r + 4 && t - 4 <= top && top <= b + 4
      : (l + r) / 2 >= left && (l + r) / 2 <= right && (t + b) / 2 >= top && (t + b) / 2 <= bottom);
  }

  #listen(sheet) {
    let from = null, band = null, hover = null;
    const clear = () => { band?.remove(); band = null; from = null; };
    sheet.addEventListener("mousedown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault(); // the field in hand keeps the focus
      from = this.#at(sheet, event);
    });
    sheet.addEventListener("mousemove", (event) => {
      const to = this.#at(sheet, event);
      hover?.remove();
      hover = null;
      if (from && Math.hypot(to[0] - from[0], to[1] - from[1]) * this.scale > DRAG) {
        band?.remove();
        const box = [Math.min(from[0], to[0]), Math.min(from[1], to[1]),
                     Math.max(from[0], to[0]), Math.max(from[1], to[1])];
        band = this.#draw(sheet, box, "band", 0);
      } else if (!from) {
        const [word] = this.#inside(sheet, ...to, ...to);
        if (word) hover = this.#draw(sheet, word.slice(1), "word", 3);
      }
    });
    sheet.addEventListener("mouseup", (event) => {
      if (!from) return;
      const to = band ? this.#at(sheet, event) : from;
      const found = this.#inside(sheet, ...from, ...to);
      clear();
      if (found.length) this.onWords(found.map(([text]) => text));
    });
    sheet.addEventListener("mouseleave", () => { hover?.remove(); clear(); });
  }
}
