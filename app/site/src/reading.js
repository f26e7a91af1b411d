
// What helps to read: a text read aloud, notes on terms, pictures that wait to be asked for. Pieces like those of the wasm, which the
// start finds by their names; they are written here because bound to wasm they would weigh four times as much, and a lesson wakes them at once.
const BLOCKS = "p, li, h2, h3, h4, h5, h6, dt, dd, th, td, blockquote, figcaption, pre, div, section, article";
// What is not read: fields, what is closed, and what is there for eyes alone.
const SILENT = "form, button, select, summary, details:not([open]), [hidden], [aria-hidden=true], .pictures-waiting, annotation";

// The sentences of a text with their places, in order; one ends where its closing mark is followed by a space, and with its block.
const sentences = (text) => {
  const found = [];
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let block, words = "", from, to;
  const flush = () => {
    if (/[\p{L}\p{N}]/u.test(words)) {
      const range = new Range();
      range.setStart(...from);
      range.setEnd(...to);
      found.push({ text: words, range, block });
    }
    words = "";
  };
  for (let node; (node = walker.nextNode()); ) {
    const parent = node.parentElement;
    if (parent.closest(SILENT)) continue;
    const own = parent.closest(BLOCKS);
    if (own !== block) flush();
    block = own;
    let at = 0;
    for (const sign of node.data) {
      const space = /\s/.test(sign);
      if (space && /[.!?…:;]$/.test(words)) flush();
      else if (words || !space) {
        if (!words) from = [node, at];
        words += sign;
        to = [node, at + sign.length];
      }
      at += sign.length;
    }
  }
  flush();
  return found;
};

// Reads the element `data-source`; shown only where the browser has a voice for `data-language`. Some tell their voices late.
export const read_aloud = (island) => {
  const speech = globalThis.speechSynthesis;
  const language = island.dataset.language;
  const voice = speech?.getVoices().find((one) => one.lang.toLowerCase().split(/[-_]/)[0] === language);
  if (voice) return readWith(island, speech, voice);
  speech?.addEventListener("voiceschanged", () => island.hidden && read_aloud(island), { once: true });
};

const readWith = (island, speech, voice) => {
  const [play, stop] = island.querySelectorAll("button");
  const rate = island.querySelector("select");
  let list = [], at = 0, turn = 0, speaks = false;
  const label = (name) => { play.querySelector("span").textContent = island.dataset[name]; };
  const unmark = () => {
    CSS.highlights?.delete("spoken");
    list.forEach(({ block }) => block.classList.remove("spoken"));
  };
  // A browser without highlights shows the block.
  const mark = ({ range, block }) => {
    unmark();
    CSS.highlights ? CSS.highlights.set("spoken", new Highlight(range)) : block.classList.add("spoken");
    block.scrollIntoView({ block: "nearest" });
  };
  // Counting turns keeps the end of what was broken off from being taken for the end of a sentence.
  const breakOff = () => {
    turn += 1;
    speech.cancel();
  };
  const end = () => {
    breakOff();
    unmark();
    [speaks, at, list, stop.hidden] = [false, 0, [], true];
    label("start");
  };
  const speak = () => {
    if (!list[at]) return end();
    const said = new SpeechSynthesisUtterance(list[at].text);
    const own = turn;
    Object.assign(said, { voice, lang: voice.lang, rate: Number(rate.value) });
    said.addEventListener("end", () => {
      if (own !== turn) return;
      at += 1;
      speak();
    });
    mark(list[at]);
    speech.speak(said);
  };
  const begin = () => {
    if (!list.length) list = sentences(document.getElementById(island.dataset.source));
    breakOff();
    [speaks, stop.hidden] = [true, false];
    label("pause");
    speak();
  };
  // Pausing is breaking off and beginning the sentence again: the browsers' own pause does not work on telephones.
  const pause = () => {
    breakOff();
    speaks = false;
    label("goOn");
  };
  play.addEventListener("click", () => (speaks ? pause() : begin()));
  stop.addEventListener("click", end);
  rate.addEventListener("change", () => speaks && begin());
  addEventListener("pagehide", end);
  addEventListener("keydown", (event) => event.key === "Escape" && speaks && end());
  island.hidden = false;
};

// Opens the note of a term in a pop-over; in a browser without them the links lead to the notes.
export const term_notes = (island) => {
  if (!island.showPopover) return;
  const pop = document.createElement("div");
  Object.assign(pop, { popover: "auto", className: "term-note term-pop", tabIndex: -1 });
  pop.setAttribute("role", "dialog");
  pop.setAttribute("aria-labelledby", island.getAttribute("aria-labelledby"));
  island.append(pop);
  pop.addEventListener("click", (event) => {
    if (!event.target.closest(".term-note__close")) return;
    event.preventDefault();
    pop.hidePopover();
  });
  addEventListener("click", (event) => {
    const note = document.querySelector(event.target.closest?.("a.term")?.getAttribute("href") ?? "_");
    if (!note) return;
    event.preventDefault();
    pop.hidePopover();
    pop.innerHTML = note.innerHTML;
    pop.showPopover();
    pop.focus();
  });
};

// The place of a picture is a link to it; a tap puts the picture there. Whoever has come with keys stays.
export const pictures = (island) => {
  island.addEventListener("click", (event) => {
    event.preventDefault();
    const { alt, width, height } = island.dataset;
    const picture = Object.assign(new Image(), { alt, tabIndex: -1, src: island.href });
    if (width) Object.assign(picture, { width, height });
    island.replaceWith(picture);
    picture.focus();
  });
};
