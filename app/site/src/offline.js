// Without a network: the sign that there is none, and the pages that the worker keeps.
const root = document.documentElement;
const shownFromCopy = "offline" in root.dataset;
const showConnection = () => root.toggleAttribute("data-offline", shownFromCopy || !navigator.onLine);
addEventListener("online", showConnection);
addEventListener("offline", showConnection);
showConnection();

// The worker comes once somebody uses the page: by then the files that it keeps are in the browser already.
const installWorker = async () => {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const isNew = !workers.controller;
  await workers.register("/sw.js", { updateViaCache: "none" });
  const { active } = await workers.ready;
  if (isNew) active.postMessage("keep");
};

const keptPages = async () => {
  const cache = await caches.open("khue-pages");
  const read = async (request) => {
    const text = await (await cache.match(request)).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const link = document.createElement("a");
    link.href = request.url;
    link.lang = page.documentElement.lang;
    link.textContent = page.querySelector("h1")?.textContent.trim() || page.title;
    return link;
  };
  return Promise.all((await cache.keys()).reverse().map(read));
};

const showKept = async () => {
  const list = document.getElementById("kept-pages");
  if (!list || !globalThis.caches) return;
  const links = await keptPages();
  list.replaceChildren(...links.map((link) => {
    const item = document.createElement("li");
    item.append(link);
    return item;
  }));
  const show = (id, shown) => { document.getElementById(id).hidden = !shown; };
  show("kept-none", !links.length);
  show("kept-forget", links.length);
};

const forget = document.getElementById("kept-forget");
forget?.addEventListener("click", async () => {
  await Promise.all(["khue-pages", "khue-pictures"].map((name) => caches.delete(name)));
  await showKept();
  document.getElementById("kept-none").focus();
});
showKept();
