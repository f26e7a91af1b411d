
// Files of a submission come in pieces, by a module that only authors load.
export const uploads = async (island) => (await import(island.dataset.script)).begin(island);
// So does what keeps what they write.
export const autosave = async (form) => (await import(form.dataset.script)).keep(form);

// Wakes what the page holds: first the module itself, then every element that names a piece of it.
// This file is appended to the module that wasm-bindgen writes, so it may name what that module holds.
const wakeIslands = async () => {
  const islands = await import(import.meta.url);
  await __wbg_init({ module_or_path: new URL("KHUE_WASM", import.meta.url) });
  for (const element of document.querySelectorAll("[data-island]")) {
    const wake = islands[element.dataset.island];
    wake ? wake(element) : console.warn("island without code: " + element.dataset.island);
  }
};
const started = () => {
  document.documentElement.dataset.hydrated = "";
  // A browser that keeps no worker (a window for private reading, a portal without TLS) only lacks what it brings.
  installWorker().catch(() => {});
};
// The wasm is most of what a page weighs, so a reader who only reads never loads it: the islands wake at the first sign
// that somebody uses the page. What was done before they are awake, the browser does by itself.
const SIGNS = ["pointerover", "pointerdown", "focusin", "input"];
const awaitSign = () => {
  const sign = (event) => {
    if (!event.target.closest?.("[data-island], main")) return;
    SIGNS.forEach((name) => document.removeEventListener(name, sign));
    wakeIslands().then(started);
  };
  SIGNS.forEach((name) => document.addEventListener(name, sign, { passive: true }));
  // Somebody may have begun before this script was there.
  if (document.activeElement !== document.body) sign({ target: document.activeElement });
};
const start = () => {
  if (!document.querySelector("[data-island]")) return started();
  // What stays hidden until it wakes cannot be used before: here waiting would take something away.
  if (!document.querySelector("[data-island] button[hidden], [data-island][hidden]")) return awaitSign();
  const wake = () => wakeIslands().then(started);
  "requestIdleCallback" in globalThis ? requestIdleCallback(wake, { timeout: 1000 }) : setTimeout(wake);
};
start();
