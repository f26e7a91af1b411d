
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
const start = () => document.querySelector("leptos-island") ? startIslands().then(started) : started();
"requestIdleCallback" in globalThis ? requestIdleCallback(start, { timeout: 1000 }) : setTimeout(start);
