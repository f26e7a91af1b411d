// Keeps the portal readable without a network: what every page needs, and the public pages that were read here.
// Never kept: answers to forms, pages about people, searches, data, and whatever the server sends with "no-store",
// which it does with every page that somebody signed in asks for.
// The builder writes in which build this is and which files belong to it, so a new build is a new worker.
const BUILD = "KHUE_BUILD";
const FILES = KHUE_FILES;
const SHELL = "khue-shell-" + BUILD;
const PAGES = "khue-pages";
const PICTURES = "khue-pictures";
const OFFLINE = ["/offline", "/en/offline", "/fr/offline"];
// How many of each are kept: the oldest give way.
const MOST = { [PAGES]: 300, [PICTURES]: 200 };
const LARGEST_PICTURE = 2_000_000;
// A line that gives nothing for so long counts as cut, where there is a copy to show.
const PATIENCE = 6000;
const READ = /^(?:\/(?:en|fr))?\/?(?:|(?:resources|paths|browse)\/[^/]+(?:\/[^/]+)?|paths|browse|collections|about|help|privacy|accessibility)$/;

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
};

// The build before stays: a page that is open may still ask for its files.
const tidy = async () => {
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
const marked = async (answer, status) => {
  const text = (await answer.text()).replace("<html ", "<html data-offline ");
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

const asked = async (event, address) => {
  const answer = await fetch(event.request);
  if (readable(address)) event.waitUntil(learn(address, answer.clone()).catch(() => {}));
  return answer;
};

const showPage = async (event, address) => {
  const kept = readable(address) ? await keptPage(address) : undefined;
  const late = new Promise((_, reject) => kept && setTimeout(reject, PATIENCE, new Error("late")));
  try {
    return await Promise.race([asked(event, address), late]);
  } catch {
    if (kept) return marked(kept, 200);
    const offline = await caches.match(language(address) + "/offline");
    return offline ? marked(offline, 503) : Response.error();
  }
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
  const answer = await fetch(event.request);
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
    return;
  }
  if (request.mode === "navigate") event.respondWith(showPage(event, address));
  else if (address.pathname.startsWith("/pkg/") || FILES.includes(address.pathname)) event.respondWith(file(request, address.pathname));
  else if (request.destination === "image" && address.pathname.startsWith("/files/")) event.respondWith(picture(event, address));
});

// The page that was open when the worker came asks that it be kept, too.
addEventListener("message", (event) => {
  const address = new URL(event.source?.url ?? location.href);
  if (event.data !== "keep" || !readable(address)) return;
  event.waitUntil(fetch(address).then((answer) => learn(address, answer)).catch(() => {}));
});
