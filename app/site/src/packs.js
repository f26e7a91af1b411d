// School packs on the page /offline: what there is, and one of them kept here. A pack comes in parts, each with a checksum, and is
// kept by it: a part that has come stays, so a broken line costs the part that was on its way, and of a new edition only what differs.
const PACKS = "khue-pack";
const KEPT = "/packs/kept";
const BEGUN = "/packs/begun";
const PART = "/packs/parts/";
// A part that is wrong so often comes from another edition of the pack, not from a bad line.
const WRONG = 3;
// So many editions are tried in a row.
const EDITIONS = 4;

const section = document.getElementById("packs");
const list = section.querySelector("ul");
const status = section.querySelector("[role=status]");
const language = document.documentElement.lang;
const word = (name) => section.dataset[name];
const number = (value, digits = 0) => value.toLocaleString(language, { maximumFractionDigits: digits });
const size = (bytes) => number(bytes / 1e6, 1) + " MB";
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const choice = ({ about, educationalLevel }) => JSON.stringify([about, educationalLevel]);

const remembered = async (cache, place) => {
  const found = await cache.match(place);
  return found && found.json();
};
const remember = (cache, place, value) => cache.put(place, new Response(JSON.stringify(value)));

// Without a network the worker answers with nothing.
const offered = async () => {
  const answer = await fetch(`/packs?lang=${language}`);
  const packs = answer.ok && (await answer.json());
  if (!packs) throw new Error("/packs answers " + answer.status);
  return packs;
};

const range = (address, begin, bytes) =>
  fetch(address, { headers: { range: `bytes=${begin}-${begin + bytes - 1}` }, cache: "no-store" });

// Does something until the line lets it; waits longer each time.
const insist = async (work) => {
  for (let wait = 500; ; wait = Math.min(wait * 2, 20000)) {
    try {
      return await work();
    } catch (error) {
      if (error.name === "QuotaExceededError") throw error;
      status.textContent = word("waiting");
      await pause(wait);
      status.textContent = "";
    }
  }
};

// What a pack says of itself: one line, then JSON. Undefined where another edition lies there by now.
const head = (pack) => insist(async () => {
  const answer = await range(pack.address, 0, pack.begin);
  if (answer.status === 404) return undefined;
  if (answer.status !== 206) throw new Error(pack.address + " answers " + answer.status);
  const text = await answer.text();
  try {
    const manifest = JSON.parse(text.slice(text.indexOf("\n")));
    return manifest.id === pack.id ? manifest : undefined;
  } catch {
    return undefined;
  }
});

// One part, asked for until it has come whole; undefined where another edition lies there by now.
const fetchPart = (pack, part, begin) => {
  let wrong = 0;
  return insist(async () => {
    if (wrong === WRONG) return undefined;
    const answer = await range(pack.address, begin, part.bytes);
    if (answer.status === 404 || answer.status === 416) return undefined;
    if (answer.status !== 206) throw new Error(pack.address + " answers " + answer.status);
    const bytes = await answer.arrayBuffer();
    if (hex(await crypto.subtle.digest("SHA-256", bytes)) === part.sha256) return bytes;
    wrong += 1;
    throw new Error("a part is damaged");
  });
};

// All parts that are not here yet; false where another edition lies there by now.
const fetchParts = async (cache, pack, manifest, progress) => {
  let begin = pack.begin;
  for (const part of manifest.parts) {
    if (!(await cache.match(PART + part.sha256))) {
      const bytes = await fetchPart(pack, part, begin);
      if (!bytes) return false;
      await cache.put(PART + part.sha256, new Response(bytes));
    }
    begin += part.bytes;
    progress(begin - pack.begin);
  }
  return true;
};

// Lets go of everything that does not belong to the pack that is kept.
const tidy = async (cache, manifest) => {
  const own = new Set((manifest?.parts ?? []).map((part) => PART + part.sha256));
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    const stays = manifest && (pathname === KEPT || own.has(pathname) || pathname.startsWith("/pkg/"));
    if (!stays) await cache.delete(request);
  }
};

// Tells the worker that another pack has come or the one that was here is gone; what became of it.
const tell = async () => {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  const told = new Promise((done) => { port1.onmessage = (event) => done(event.data); });
  active.postMessage("pack", [port2]);
  return told;
};

// The worker fetches what reads packs, which may need several attempts.
const opened = () => insist(async () => {
  const told = await tell();
  if (told === "line") throw new Error("what reads packs has not come");
  return told;
});

const download = async (pack, progress) => {
  await insist(() => navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }));
  navigator.storage?.persist?.();
  const cache = await caches.open(PACKS);
  await remember(cache, BEGUN, choice(pack));
  let edition = pack;
  for (let tried = 0; edition && tried < EDITIONS; tried++) {
    const manifest = await head(edition);
    if (manifest && (await fetchParts(cache, edition, manifest, progress))) {
      await remember(cache, KEPT, { ...manifest, name: edition.name });
      await tidy(cache, manifest);
      return opened();
    }
    edition = (await insist(offered)).find((other) => choice(other) === choice(pack));
  }
  return "failed";
};

const say = async (outcome) => {
  await show();
  section.hidden = false;
  status.textContent = word(outcome);
  status.focus();
};

const start = (pack, button) => {
  const bar = document.createElement("progress");
  const told = document.createElement("span");
  bar.max = pack.bytes;
  bar.setAttribute("aria-label", `${word("coming")} ${pack.name}`);
  const progress = (bytes) => {
    bar.value = bytes;
    told.textContent = `${size(bytes)} / ${size(pack.bytes)}`;
  };
  progress(0);
  for (const other of list.querySelectorAll("button")) other.disabled = true;
  button.replaceWith(bar, told);
  download(pack, progress)
    .catch((error) => (error.name === "QuotaExceededError" ? "full" : "failed"))
    .then(say);
};

const erase = async () => {
  await tidy(await caches.open(PACKS));
  await tell();
  await say("erased");
};

// How much of another edition is not here yet; undefined where that cannot be told now.
const missing = async (cache, pack) => {
  const answer = await range(pack.address, 0, pack.begin);
  const text = await answer.text();
  const { parts } = JSON.parse(text.slice(text.indexOf("\n")));
  const kept = await Promise.all(parts.map((part) => cache.match(PART + part.sha256)));
  return parts.reduce((sum, part, at) => sum + (kept[at] ? 0 : part.bytes), 0);
};

const button = (pack, text, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--small";
  made.textContent = text;
  made.setAttribute("aria-label", `${text}: ${pack.name}`);
  made.addEventListener("click", () => act(made));
  return made;
};

const entry = async (cache, pack, kept, begun) => {
  const item = document.createElement("li");
  const name = document.createElement("strong");
  const facts = document.createElement("span");
  name.textContent = pack.name;
  facts.textContent = `${number(pack.resources)} ${word("resources")} · ${size(pack.bytes)}`;
  item.append(name, facts);
  const own = kept && choice(kept) === choice(pack);
  const bring = (text) => item.append(button(pack, text, (made) => start(pack, made)));
  if (own && pack.id !== kept.id) {
    const rest = await missing(cache, pack).catch(() => undefined);
    bring(rest === undefined ? word("update") : `${word("update")} (${size(rest)})`);
  }
  if (own) {
    item.append(button(pack, word("erase"), erase));
    item.dataset.kept = pack.id === kept.id ? "whole" : "old";
  } else bring(word(begun === choice(pack) ? "continue" : "download"));
  return item;
};

const show = async () => {
  const cache = await caches.open(PACKS);
  const [kept, begun] = [await remembered(cache, KEPT), await remembered(cache, BEGUN)];
  const packs = await offered().catch(() => undefined);
  const all = packs ?? [];
  if (kept && !all.some((pack) => choice(pack) === choice(kept))) {
    const bytes = kept.parts.reduce((sum, part) => sum + part.bytes, 0);
    all.unshift({ name: word("kept"), ...kept, bytes });
  }
  list.replaceChildren(...(await Promise.all(all.map((pack) => entry(cache, pack, kept, begun)))));
  section.querySelector("[data-none]").hidden = all.length > 0;
  section.hidden = !packs && !all.length;
};

if (globalThis.caches && navigator.serviceWorker && globalThis.DecompressionStream) show().catch(() => {});
