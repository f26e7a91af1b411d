// Sends the files of a form in pieces (tus 1.0): where the line breaks they go on from what has arrived, also after the page was
// loaded anew and the same file was chosen again. Without this the browser sends the form by itself.
const LARGEST = 8 << 20;
const SMALLEST = 256 << 10;
// A piece that takes longer than this, in milliseconds, is followed by smaller ones, and one that takes less than a fifth by larger ones.
const SLOW = 25_000;
const LONGEST_WAIT = 60_000;
// A line on which nothing moves for so long counts as cut; the end takes the portal longer, since it reads the whole file then.
const STILL = 45_000;
const STILL_AT_END = 600_000;
// What is over so much of the time counts for the rate, in milliseconds.
const WINDOW = 10_000;
const PROTOCOL = { "Tus-Resumable": "1.0.0" };
// Statuses that the same request may not get again.
const PASSING = [0, 408, 409, 423, 460, 500, 502, 503, 504];
const GONE = [404, 410];
const WHY = { 401: "out", 403: "closed", 404: "closed", 413: "large", 422: "closed", 429: "many", 507: "full" };

const language = document.documentElement.lang;
const unit = (value, name, digits = 0) =>
  new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: digits }).format(value);
const size = (bytes, of = "") =>
  bytes < 1e6 ? unit(bytes / 1e3, "kilobyte" + of) : bytes < 1e9 ? unit(bytes / 1e6, "megabyte" + of, 1) : unit(bytes / 1e9, "gigabyte" + of, 2);
const time = (seconds) =>
  seconds < 90 ? unit(Math.ceil(seconds), "second") : seconds < 5400 ? unit(Math.round(seconds / 60), "minute") : unit(seconds / 3600, "hour", 1);
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const metadata = (pairs) =>
  Object.entries(pairs).filter(([, value]) => value).map(([key, value]) => key + " " + base64(new TextEncoder().encode(value))).join();

const element = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

// Only a page that came safely may compute checksums.
const checksum = async (bytes) => {
  const hash = await globalThis.crypto?.subtle?.digest("SHA-256", bytes);
  return hash ? { "Upload-Checksum": "sha256 " + base64(new Uint8Array(hash)) } : {};
};

// One request; what came of it, with status 0 where the line broke.
const ask = (one, method, address, headers = {}, body = null, moved = () => {}, gone = () => {}) =>
  new Promise((done) => {
    const request = new XMLHttpRequest();
    let still;
    const wait = (long) => {
      clearTimeout(still);
      still = setTimeout(() => request.abort(), long);
    };
    request.upload.addEventListener("progress", ({ loaded }) => {
      wait(STILL);
      moved(loaded);
    });
    request.upload.addEventListener("load", () => {
      wait(STILL_AT_END);
      gone();
    });
    request.addEventListener("loadend", () => {
      clearTimeout(still);
      one.request = undefined;
      done(request);
    });
    one.request = request;
    request.open(method, address);
    Object.entries({ ...PROTOCOL, ...headers }).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.send(body);
    wait(STILL);
  });

export const begin = (island) => {
  const form = island.closest("form");
  const field = form.querySelector("[type=file]");
  const list = island.querySelector("ul");
  const status = island.querySelector("[role=status]");
  const { address, most } = island.dataset;
  const words = JSON.parse(island.dataset.words);
  const word = (name) => words["upload-" + name];
  const all = [];

  const button = (one, name, act) => {
    const made = element("button", "button button--small", word(name));
    made.type = "button";
    made.setAttribute("aria-label", word(name) + ": " + one.name);
    made.addEventListener("click", () => act(one));
    return made;
  };

  // The buttons of a state; whoever was on one of them stays in the row.
  const BUTTONS = {
    waiting: ["pause", "cancel"], sending: ["pause", "cancel"], broken: ["retry", "pause", "cancel"],
    paused: ["resume", "cancel"], failed: ["retry", "cancel"], again: ["cancel"],
  };
  const say = (one, why) => {
    one.why = why;
    show(one);
    status.textContent = one.name + ": " + word(why);
  };
  const turn = (one, state, why = state) => {
    one.state = state;
    const held = one.buttons.contains(document.activeElement);
    one.buttons.replaceChildren(...(BUTTONS[state] ?? []).map((name) => button(one, name, acts[name])));
    if (held) (one.buttons.firstChild ?? field).focus();
    one.row.dataset.state = state;
    say(one, why);
  };

  const show = (one, sent = one.offset ?? one.sent) => {
    one.sent = sent;
    one.bar.value = sent;
    const parts = [word(one.why), size(sent) + " / " + size(one.length)];
    const [[since, from] = []] = one.moves;
    const rate = one.state === "sending" && since && Date.now() - since > 800 ? (sent - from) / ((Date.now() - since) / 1000) : 0;
    if (rate > 0) parts.push(size(rate, "-per-second"), word("left").replace("%", time((one.length - sent) / rate)));
    one.facts.textContent = parts.join(" · ");
  };

  const moved = (one, loaded) => {
    const at = Date.now();
    one.moves.push([at, one.offset + loaded]);
    while (one.moves.length > 2 && at - one.moves[0][0] > WINDOW) one.moves.shift();
    if (at - (one.shown ?? 0) < 250) return;
    one.shown = at;
    show(one, Math.min(one.length, one.offset + loaded));
  };

  const row = (about) => {
    const one = { piece: LARGEST, most: LARGEST, wait: 1000, moves: [], sent: 0, ...about };
    one.row = element("li", "uploads__file");
    one.bar = Object.assign(document.createElement("progress"), { max: Math.max(1, one.length), value: 0 });
    one.bar.setAttribute("aria-label", one.name);
    one.facts = element("span", "uploads__facts");
    one.buttons = element("span", "uploads__buttons");
    one.row.append(element("span", "uploads__name", one.name), one.bar, one.facts, one.buttons);
    list.append(one.row);
    all.push(one);
    return one;
  };

  const drop = (one) => {
    if (one.row.contains(document.activeElement)) field.focus();
    one.row.remove();
    all.splice(all.indexOf(one), 1);
  };

  const listed = async () => {
    const answer = await fetch(address, { cache: "no-store" });
    return answer.ok ? answer.json() : [];
  };
  const isOf = (about, file) =>
    about.name === file.name && about.length === file.size && about.lastModified === String(file.lastModified);

  // Where the answer to this was lost, the portal may know the file already.
  const known = async (one) => {
    const found = (await listed().catch(() => [])).find((about) => isOf(about, one.file) && !all.some((other) => other.address === about.address));
    one.address = found?.address;
    return found;
  };

  const create = async (one) => {
    const { name, type, lastModified } = one.file;
    if (one.tried && (await known(one))) return { status: 200 };
    one.tried = true;
    const told = metadata({ filename: name, filetype: type, lastmodified: String(lastModified) });
    const answer = await ask(one, "POST", address, { "Upload-Length": one.length, "Upload-Metadata": told });
    if (answer.status === 201) [one.address, one.offset] = [answer.getResponseHeader("Location"), 0];
    return answer;
  };

  const look = async (one) => {
    const answer = await ask(one, "HEAD", one.address);
    if (answer.status === 200) one.offset = Number(answer.getResponseHeader("Upload-Offset"));
    return answer;
  };

  const send = async (one) => {
    const end = Math.min(one.length, one.offset + one.piece);
    let bytes;
    try {
      bytes = await one.file.slice(one.offset, end).arrayBuffer();
    } catch {
      return { status: -1 };
    }
    const headers = { "Upload-Offset": one.offset, "Content-Type": "application/offset+octet-stream", ...(await checksum(bytes)) };
    // Somebody may have pressed a button while the file was read.
    if (one.state !== "sending") return { status: 0 };
    const began = Date.now();
    const gone = () => {
      if (end === one.length && one.state === "sending") say(one, "ending");
    };
    const answer = await ask(one, "PATCH", one.address, headers, bytes, (loaded) => moved(one, loaded), gone);
    if (answer.status !== 204) return answer;
    one.offset = Number(answer.getResponseHeader("Upload-Offset"));
    const took = Date.now() - began;
    if (took > SLOW) one.piece = Math.max(SMALLEST, one.piece / 2);
    if (took < SLOW / 5) one.piece = Math.min(one.most, one.piece * 2);
    if (one.offset === one.length) one.done = true;
    return answer;
  };

  const rest = (one) =>
    new Promise((done) => {
      const timer = setTimeout(done, one.wait * (0.75 + Math.random() / 2));
      one.wake = () => {
        clearTimeout(timer);
        done();
      };
      one.wait = Math.min(LONGEST_WAIT, one.wait * 2);
    });

  // What a step has come to: false where there is nothing more to do.
  const goesOn = async (one, answer) => {
    const code = answer.status;
    if (one.state !== "sending" || one.done) return false;
    if (code >= 200 && code < 300) {
      one.wait = 1000;
      return true;
    }
    if (one.address && GONE.includes(code) && !one.anew) {
      [one.address, one.offset, one.anew] = [undefined, undefined, true];
      return true;
    }
    const asksToWait = code === 429 && answer.getResponseHeader?.("Retry-After");
    // What stands before the portal may take less at a time.
    const tooLong = code === 413 && one.address && one.piece > SMALLEST;
    if (tooLong) one.most = one.piece / 2;
    // The portal knows best how much has arrived.
    one.offset = undefined;
    one.moves = [];
    if (!PASSING.includes(code) && !asksToWait && !tooLong) {
      turn(one, "failed", code === -1 ? "unreadable" : (WHY[code] ?? "failed"));
      return false;
    }
    if (code !== 409) one.piece = Math.max(SMALLEST, one.piece / 2);
    turn(one, "broken");
    await rest(one);
    if (one.state !== "broken") return false;
    turn(one, "sending");
    return true;
  };

  const run = async (one) => {
    turn(one, "sending");
    for (let on = true; on; ) {
      const step = !one.address ? create : one.offset === undefined ? look : send;
      on = await goesOn(one, await step(one));
    }
    if (!one.done || one.state === "cancelled") return;
    turn(one, "done");
    drop(one);
    await refresh().catch(() => {});
  };

  let busy = false;
  const pump = async () => {
    if (busy) return;
    busy = true;
    for (let one; (one = all.find(({ state }) => state === "waiting")); ) await run(one);
    busy = false;
  };

  const acts = {
    pause: (one) => {
      turn(one, "paused");
      one.offset = undefined;
      one.moves = [];
      one.wake?.();
      one.request?.abort();
    },
    resume: (one) => {
      turn(one, "waiting");
      pump();
    },
    retry: (one) => {
      one.wait = 1000;
      if (one.state === "broken") return one.wake?.();
      one.anew = false;
      turn(one, "waiting");
      pump();
    },
    cancel: (one) => {
      one.state = "cancelled";
      one.wake?.();
      one.request?.abort();
      if (one.address) fetch(one.address, { method: "DELETE", headers: PROTOCOL }).catch(() => {});
      status.textContent = one.name + ": " + word("cancelled");
      drop(one);
    },
  };

  const add = (file) => {
    const left = all.find((one) => one.state === "again" && isOf(one, file));
    const one = left ?? row({ name: file.name, length: file.size });
    one.file = file;
    const wrong = file.size > Number(most) ? "large" : file.size ? undefined : "empty";
    wrong ? turn(one, "failed", wrong) : turn(one, "waiting");
  };
  const addAll = async (chosen) => {
    const files = [...chosen];
    await looked;
    files.forEach(add);
    pump();
  };

  // What was unfinished when the page was left: the browser no longer has the file, the portal what had arrived of it.
  const unfinished = async () => {
    for (const about of await listed()) {
      const one = row(about);
      [one.sent, one.offset] = [about.offset, undefined];
      turn(one, "again");
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    addAll(field.files);
    field.value = "";
  });
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    island.classList.add("is-over");
  });
  addEventListener("dragleave", (event) => event.relatedTarget || island.classList.remove("is-over"));
  addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    island.classList.remove("is-over");
    addAll(event.dataTransfer.files);
  });
  addEventListener("online", () => all.forEach((one) => one.state === "broken" && one.wake?.()));
  form.querySelectorAll("[data-plain]").forEach((plain) => { plain.hidden = true; });
  island.hidden = false;
  const looked = unfinished().catch(() => {});
};

// Whether somebody has changed what stands in a field.
const isTouched = (control) => {
  if (control.type === "checkbox") return control.checked !== control.defaultChecked;
  if (!control.options) return control.value !== control.defaultValue;
  const first = [...control.options].findIndex((option) => option.defaultSelected);
  return control.selectedIndex !== Math.max(0, first);
};
const CONTROLS = "input, textarea, select";

// The page as it is by now: its attachments, and what was read of a file, but for fields in which somebody has written.
const refresh = async () => {
  const answer = await fetch(location.pathname, { cache: "no-store" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const put = (css) => {
    const [own, fresh] = [document.querySelector(css), page.querySelector(css)];
    if (own && fresh) own.replaceWith(fresh);
    return own ? undefined : fresh;
  };
  put(".submission__files .file-list");
  const preview = put(".submission__preview");
  if (preview) document.getElementById("files").after(preview);
  for (const fresh of page.querySelectorAll(".submission__form .field")) {
    const label = fresh.querySelector("label[for]");
    const own = label && document.getElementById(label.htmlFor)?.closest(".field");
    if (!own || own.contains(document.activeElement) || [...own.querySelectorAll(CONTROLS)].some(isTouched)) continue;
    own.replaceWith(fresh);
  }
  const edition = page.querySelector(".submission__form [name=edition]")?.value;
  document.querySelectorAll(".submission__form [name=edition]").forEach((own) => { own.value = edition ?? own.value; });
};
