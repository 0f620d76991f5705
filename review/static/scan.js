// The scan: its size, where it is scrolled to, the boxes on it, and the words under the pointer.
// Boxes are pixels of the page image, origin top left; `scale` is CSS pixels for one of them.

const SVG = "http://www.w3.org/2000/svg";
const LARGEST = 3, DRAG = 6;
const VIEWS = ["rows", "width", "page"]; // what fills the pane; the choice is remembered
const AROUND = 14; // pixels of the page kept free around rows

export class Scan {
  constructor(section, onWords) {
    this.view = section.querySelector(".viewport");
    this.sheets = [...section.querySelectorAll(".sheet[data-width]")].filter((s) => +s.dataset.width);
    this.words = new Map(this.sheets.map((s) => [s, JSON.parse(s.dataset.words)]));
    this.onWords = onWords;
    this.section = section;
    this.rows = null; // left and right of the record's rows, by page
    const kept = localStorage.getItem("view");
    this.setView(VIEWS.includes(kept) ? kept : VIEWS[0]);
    for (const sheet of this.sheets) {
      for (const box of JSON.parse(sheet.dataset.unread)) this.#draw(sheet, box, "unread");
      this.#listen(sheet);
    }
    for (const button of section.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.zoom(button.dataset.zoom));
    }
    for (const button of section.querySelectorAll("[data-view]")) {
      button.addEventListener("click", () => this.choose(button.dataset.view));
    }
    section.querySelector("[data-tones]")?.addEventListener("click", () => this.turnTones());
    for (const image of section.querySelectorAll(".bare img")) { // there may be no picture of it
      image.addEventListener("error", () => image.remove());
      if (image.complete && !image.naturalWidth) image.remove();
    }
    for (const button of section.querySelectorAll("[data-page-to]")) {
      button.addEventListener("click", () => this.#sheet(+button.dataset.pageTo)?.scrollIntoView());
    }
  }

  // The lines that the record's rows stand in, from places ([page, left, top, right, bottom]):
  // what stands beside a value, such as its label, is part of the picture.
  setRows(places) {
    this.rows = new Map();
    for (const sheet of this.sheets) {
      const page = +sheet.dataset.page, here = places.filter((place) => place[0] === page);
      if (!here.length) continue;
      const within = (top, bottom) => here.some((p) => p[2] <= (top + bottom) / 2 && (top + bottom) / 2 <= p[4]);
      const boxes = [...here, ...this.words.get(sheet).filter((word) => within(word[2], word[4]))];
      this.rows.set(page, [Math.min(...boxes.map((box) => box[1])), Math.max(...boxes.map((box) => box[3]))]);
    }
    this.fit();
  }

  choose(view) {
    localStorage.setItem("view", view);
    this.setView(view);
    if (this.target) this.#bring(this.target);
  }

  next() { this.choose(VIEWS[(VIEWS.indexOf(this.chosen) + 1) % VIEWS.length]); }

  setView(view) {
    this.chosen = view;
    for (const button of this.section.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
    this.fit();
  }

  // The page as it was scanned, or as it was made ready for reading.
  turnTones() {
    const button = this.section.querySelector("[data-tones]");
    if (!button) return;
    const own = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(own));
    for (const image of this.section.querySelectorAll(".sheet[data-width] img")) {
      image.src = image.getAttribute("src").split("?")[0] + (own ? "?tones=own" : "");
    }
  }

  // Scale at which the view's part of the pages fills the pane.
  get fitting() {
    const widest = Math.max(...this.sheets.map((s) => +s.dataset.width), 1);
    const highest = Math.max(...this.sheets.map((s) => +s.dataset.height), 1);
    const wide = this.view.clientWidth - 2, width = wide / widest;
    if (this.chosen === "page") return Math.min(width, (this.view.clientHeight - 26) / highest);
    if (this.chosen === "width" || !this.rows?.size) return width;
    const spans = [...this.rows.values()].map(([from, to]) => to - from + 2 * AROUND);
    return Math.max(width, Math.min(wide / Math.max(...spans, 1), 1));
  }

  fit() {
    this.#resize(this.fitting);
    this.#toRows(this.sheets[0] && +this.sheets[0].dataset.page);
  }

  #toRows(page) {
    const span = this.chosen === "rows" && this.rows?.get(page);
    if (!span) return;
    const middle = (span[0] + span[1]) / 2 * this.scale;
    this.view.scrollLeft = Math.max(0, middle - this.view.clientWidth / 2);
  }

  zoom(how) {
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
    this.target = target.length ? target : null;
    if (target.length) this.#bring(target);
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

  // The size stays as it is: what jumps cannot be compared.
  #bring(places) {
    const page = places[0][0], sheet = this.#sheet(page);
    if (!sheet) return;
    const here = places.filter((p) => p[0] === page);
    const left = Math.min(...here.map((p) => p[1])), top = Math.min(...here.map((p) => p[2]));
    const right = Math.max(...here.map((p) => p[3])), bottom = Math.max(...here.map((p) => p[4]));
    const { clientWidth: wide, clientHeight: high } = this.view;
    this.view.scrollTop = sheet.offsetTop + (top + bottom) / 2 * this.scale - high * 0.42;
    this.#toRows(page);
    const from = this.view.scrollLeft, x0 = left * this.scale, x1 = right * this.scale;
    if (x0 >= from && x1 <= from + wide) return;
    // the beginning of a line is kept in view where there is a choice
    this.view.scrollLeft = Math.max(0, Math.min(x0 - 20, (x0 + x1 - wide) / 2));
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
