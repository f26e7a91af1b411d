// Keeps the portal readable without a network: what every page needs, and the public pages that were read here.
// Never kept: answers to forms, pages about people, searches, data, and whatever the server sends with "no-store",
// which it does with every page that somebody signed in asks for.
// The builder writes in which build this is and which files belong to it, so a new build is a new worker.
const BUILD = "KHUE_BUILD";
const FILES = KHUE_FILES;
// The portal itself, compiled: it answers from a school pack when there is no network.
const ENGINE = KHUE_ENGINE;
const SITE = KHUE_SITE;
const SHELL = "khue-shell-" + BUILD;
const PAGES = "khue-pages";
const PICTURES = "khue-pictures";
const PACK = "khue-pack";
const KEPT = "/packs/kept";
const PART = "/packs/parts/";
const OFFLINE = ["/offline", "/en/offline", "/fr/offline"];
// How many of each are kept: the oldest give way.
const MOST = { [PAGES]: 300, [PICTURES]: 200 };
const LARGEST_PICTURE = 2_000_000;
// A line that gives nothing for so long counts as cut, where there is a copy to show.
const PATIENCE = 6000;
const READ = /^(?:\/(?:en|fr))?\/?(?:|(?:resources|paths|browse)\/[^/]+(?:\/[^/]+)?|paths|browse|collections|about|help|privacy|accessibility)$/;

if (ENGINE) importScripts(ENGINE.script);

const readable = (address) => READ.test(address.pathname) && !/\/(?:guidance|exercises)(?:\/|$)/.test(address.pathname);
const language = (address) => /^\/(en|fr)(?=\/|$)/.exec(address.pathname)?.[0] ?? "";
const without = (address) => address.href.split("#")[0];

const fill = async () => {
  const shell = await caches.open(SHELL);
  const add = async (path) => {
    // What carries a hash in its name and is there already, from the build before, need not come again.
    const kept = path.startsWith("/pkg/") && (await caches.match(path));
    const answer = kept || (await fetch(path, { cache: path.startsWith("/pkg/") ? "default" : "reload" }));
    if (!answer.ok) throw new Error(path + " answers " + answer.status);
    await shell.put(path, answer);
  };
  await Promise.all([...FILES, ...OFFLINE].map(add));
  if (await caches.match(KEPT)) await keepEngine();
};

// Only those who keep a pack need what reads it.
const keepEngine = async () => {
  if (!ENGINE || (await caches.match(ENGINE.wasm))) return;
  const answer = await fetch(ENGINE.wasm);
  if (!answer.ok) throw new Error(ENGINE.wasm + " answers " + answer.status);
  await (await caches.open(PACK)).put(ENGINE.wasm, answer);
};

// The build before stays: a page that is open may still ask for its files.
const tidy = async () => {
  if (ENGINE) {
    const pack = await caches.open(PACK);
    const engines = (await pack.keys()).filter(({ url }) => /\/pkg\//.test(url) && !url.endsWith(ENGINE.wasm));
    await Promise.all(engines.map((old) => pack.delete(old)));
  }
  const shells = (await caches.keys()).filter((name) => name.startsWith("khue-shell-") && name !== SHELL);
  await Promise.all(shells.slice(0, -1).map((name) => caches.delete(name)));
};

const forget = () => Promise.all([caches.delete(PAGES), caches.delete(PICTURES)]);

const put = async (name, address, answer) => {
  const cache = await caches.open(name);
  await cache.delete(address);
  await cache.put(address, answer);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST[name])).map((old) => cache.delete(old)));
};

const isPublicPage = (answer) =>
  answer.status === 200 &&
  answer.type === "basic" &&
  !answer.redirected &&
  (answer.headers.get("content-type") ?? "").startsWith("text/html") &&
  !(answer.headers.get("cache-control") ?? "").includes("no-store");

// The page as it was kept, with the mark by which it says so.
const marked = async (answer, status, mark = "data-offline") => {
  const text = (await answer.text()).replace("<html ", `<html ${mark} `);
  return new Response(text, { status, headers: answer.headers });
};

const keptPage = async (address) => {
  const pages = await caches.open(PAGES);
  const found = await pages.match(without(address));
  if (found || !/\/resources\//.test(address.pathname)) return found;
  // The same text, read on the way along a path.
  return pages.match(address.pathname, { ignoreSearch: true });
};

// Keeps a page that was read, and lets go of one that is there no more.
const learn = async (address, answer) => {
  if (isPublicPage(answer)) return put(PAGES, without(address), answer);
  if (answer.status === 404 || answer.status === 410) return (await caches.open(PAGES)).delete(without(address));
};

// Unpacks the parts of the pack, which were checked when they came, and opens it.
const open = async () => {
  const cache = await caches.open(PACK);
  const kept = await cache.match(KEPT);
  if (!kept || !ENGINE) return undefined;
  const description = await kept.text();
  const { parts } = JSON.parse(description);
  const content = new Uint8Array(parts.reduce((sum, part) => sum + part.unpacked, 0));
  let at = 0;
  for (const { sha256 } of parts) {
    const part = await cache.match(PART + sha256);
    const unpacked = part.body.pipeThrough(new DecompressionStream("gzip"));
    const bytes = new Uint8Array(await new Response(unpacked).arrayBuffer());
    content.set(bytes, at);
    at += bytes.length;
  }
  await khue_offline({ module_or_path: await caches.match(ENGINE.wasm) });
  return new khue_offline.OfflinePortal(description, content, JSON.stringify(SITE), location.origin);
};

let opened;
const pack = () => (opened ??= open().catch((error) => {
  opened = undefined;
  console.warn("the school pack cannot be opened:", error.message);
}));

// What the portal in the pack answers, with the same policy for scripts as every page has; undefined where there is no pack.
const fromPack = async (request, address) => {
  const portal = await pack();
  if (!portal) return undefined;
  const body = request.method === "GET" ? new Uint8Array() : new Uint8Array(await request.arrayBuffer());
  const chosen = ((await globalThis.cookieStore?.getAll()) ?? []).filter(({ name }) => ["theme", "data", "terms"].includes(name));
  const cookie = chosen.map(({ name, value }) => name + "=" + value).join("; ");
  const said = { "content-type": request.headers.get("content-type") ?? "", "accept-language": navigator.languages.join(), cookie };
  const answer = await portal.answer(request.method, address.pathname + address.search, Object.entries(said).flat(), body);
  if (answer.location()) return Response.redirect(new URL(answer.location(), location.origin));
  const headers = new Headers((await caches.match(OFFLINE[0]))?.headers);
  ["etag", "content-language", "content-length", "content-encoding"].forEach((name) => headers.delete(name));
  headers.set("content-type", answer.kind());
  headers.set("cache-control", "no-store");
  const response = new Response(answer.body(), { status: answer.status(), headers });
  return answer.kind().startsWith("text/html") ? marked(response, answer.status()) : response;
};

// Fails after a while, where something else can be shown then.
const late = (other) => new Promise((_, reject) => other && setTimeout(reject, PATIENCE, new Error("late")));

// The network first, the pack where there is none.
const eitherWay = async (event, address) => {
  const again = event.request.clone();
  const reads = again.method === "GET";
  const waits = reads && (await caches.match(KEPT));
  const answer = fetch(event.request);
  try {
    return await Promise.race([answer, late(waits)]);
  } catch {
    const packed = await fromPack(again, address);
    return packed && (packed.status < 400 || !reads) ? packed : answer;
  }
};

const asked = async (event, address) => {
  const answer = await fetch(event.request);
  if (readable(address)) event.waitUntil(learn(address, answer.clone()).catch(() => {}));
  return answer;
};

const sayOffline = async (address) => {
  const offline = await caches.match(language(address) + "/offline");
  if (!offline) return Response.error();
  const own = OFFLINE.includes(address.pathname);
  return own ? marked(offline, 200) : marked(offline, 503, "data-offline data-asked");
};

const showPage = async (event, address) => {
  const kept = readable(address) ? await keptPage(address) : undefined;
  const other = kept || (await caches.match(KEPT));
  const answer = asked(event, address);
  try {
    return await Promise.race([answer, late(other)]);
  } catch {
    if (kept) return marked(kept, 200);
    const packed = await fromPack(event.request, address).catch(() => undefined);
    if (packed?.status < 400) return packed;
  }
  // A pack that does not have the page leaves it to a slow network.
  return answer.catch(() => sayOffline(address));
};

// A kept page may name the files of an older build; those of this one do instead, but for the wasm, which fits its script only.
const sameName = async (path) => {
  const name = (path) => path.replace(/\.[0-9a-f]{8}(?=\.[a-z0-9]+$)/, "");
  const twin = path.endsWith(".wasm") ? undefined : FILES.find((file) => name(file) === name(path));
  return twin && caches.match(twin);
};

const file = async (request, path) => {
  const kept = await caches.match(path);
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    const twin = await sameName(path);
    if (twin) return twin;
    throw error;
  }
};

const picture = async (event, address) => {
  const kept = await (await caches.open(PICTURES)).match(address.href);
  if (kept) return kept;
  const answer = await eitherWay(event, address);
  const size = Number(answer.headers.get("content-length") ?? Infinity);
  const keep = answer.status === 200 && size <= LARGEST_PICTURE && !(answer.headers.get("cache-control") ?? "").includes("no-store");
  if (keep) event.waitUntil(put(PICTURES, address.href, answer.clone()).catch(() => {}));
  return answer;
};

addEventListener("install", (event) => event.waitUntil(fill().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())));

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.method !== "GET") {
    // Whoever signs out leaves nothing behind for the next at this machine.
    if (/\/sign-out$/.test(address.pathname)) event.waitUntil(forget());
    if (/\/exercises\/\d+$/.test(address.pathname)) event.respondWith(eitherWay(event, address));
    return;
  }
  if (request.mode === "navigate") event.respondWith(showPage(event, address));
  else if (address.pathname.startsWith("/pkg/") || FILES.includes(address.pathname)) event.respondWith(file(request, address.pathname));
  else if (request.destination === "image" && address.pathname.startsWith("/files/")) event.respondWith(picture(event, address));
  else if (address.pathname === "/packs") event.respondWith(fetch(request).catch(() => new Response("null")));
  else if (/^(\/(en|fr))?\/search$|^\/api\/v1\/suggest$/.test(address.pathname)) event.respondWith(eitherWay(event, address));
});

const learnOpenPage = async (address) => {
  if (readable(address)) await learn(address, await fetch(address));
};

// Another pack has come, or the one that was here is gone. Says what became of it, in the words of the page.
const turnToPack = async (port) => {
  const before = opened;
  opened = undefined;
  before?.then((portal) => portal?.free()).catch(() => {});
  const told = async () => {
    if (!(await caches.match(KEPT))) return "erased";
    await keepEngine();
    return (await pack()) ? "done" : "unreadable";
  };
  port?.postMessage(await told().catch(() => "line"));
};

// The page that was open when the worker came asks that it be kept, too.
addEventListener("message", (event) => {
  if (event.data === "keep") {
    const address = new URL(event.source?.url ?? location.href);
    event.waitUntil(learnOpenPage(address).catch(() => {}));
  }
  if (event.data === "pack") event.waitUntil(turnToPack(event.ports[0]));
});
