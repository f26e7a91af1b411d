
// Starts the islands of the page: first the module itself, then every <leptos-island>, outer before inner.
// This file is appended to the module that wasm-bindgen writes, so it may name what that module holds.
const startIslands = async () => {
  const islands = await import(import.meta.url);
  await __wbg_init({ module_or_path: new URL("KHUE_WASM", import.meta.url) });
  hydrate();
  const onHydrate = [];
  const visit = async (element) => {
    const tag = element.localName;
    if (tag === "leptos-island") await wake(element);
    if (tag === "leptos-children") onHydrate.push(element.$$on_hydrate);
    for (const child of [...element.children]) await visit(child);
    if (tag === "leptos-children") onHydrate.pop();
  };
  const wake = async (element) => {
    const island = islands[element.dataset.component];
    if (!island) return console.warn("island without code: " + element.dataset.component);
    onHydrate.at(-1)?.();
    await island(element);
  };
  await visit(document.body);
};
const started = () => { document.documentElement.dataset.hydrated = ""; };
// The wasm is most of what a page weighs, so a reader who only reads never loads it: the islands wake at the first sign
// that somebody uses the page. What was done before they are awake, the browser does by itself.
const SIGNS = ["pointerover", "pointerdown", "focusin", "input"];
const awaitSign = () => {
  const sign = (event) => {
    if (!event.target.closest?.("leptos-island, main")) return;
    SIGNS.forEach((name) => document.removeEventListener(name, sign));
    startIslands().then(started);
  };
  SIGNS.forEach((name) => document.addEventListener(name, sign, { passive: true }));
  // Somebody may have begun before this script was there.
  if (document.activeElement !== document.body) sign({ target: document.activeElement });
};
const start = () => {
  if (!document.querySelector("leptos-island")) return started();
  // A button that stays hidden until its island wakes cannot be used before: here waiting would take something away.
  if (!document.querySelector("leptos-island button[hidden]")) return awaitSign();
  const wake = () => startIslands().then(started);
  "requestIdleCallback" in globalThis ? requestIdleCallback(wake, { timeout: 1000 }) : setTimeout(wake);
};
start();
