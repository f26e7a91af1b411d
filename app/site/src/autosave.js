
// Keeps what somebody writes in the form of a submission, without a button: a moment after the last key, and when the page is left.
const QUIET = 4_000;
const UNKEPT = 20_000;
// What browsers still send of a page that is left, in bytes.
const LEFT = 60_000;

// What the checks say of each field by now; what stands in the fields is left alone.
const findings = (page) => {
  for (const fresh of page.querySelectorAll(".submission__form .field")) {
    const label = fresh.querySelector("label[for]");
    const own = label && document.getElementById(label.htmlFor)?.closest(".field");
    if (!own) continue;
    const [before, now] = [own, fresh].map((field) => field.querySelector(".submission__found"));
    before && now ? before.replaceWith(now) : now ? own.append(now) : before?.remove();
    for (const control of fresh.querySelectorAll("[id]")) {
      const told = control.getAttribute("aria-describedby");
      const mine = document.getElementById(control.id);
      told ? mine?.setAttribute("aria-describedby", told) : mine?.removeAttribute("aria-describedby");
    }
  }
};

export const keep = (form) => {
  const status = form.querySelector("[data-kept]");
  let timer;
  let first;
  let saving;
  let over = false;
  const say = (text) => {
    const now = new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(new Date());
    status.textContent = text.replace("%", now);
  };
  const written = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));

  const save = async () => {
    const sent = written();
    // It arrives though the page is left meanwhile.
    const keepalive = `${sent}`.length < LEFT;
    const answer = await fetch(form.action, { method: "POST", body: sent, keepalive }).catch(() => undefined);
    if (answer?.status === 409) {
      over = true;
      return say(form.dataset.stale);
    }
    const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
    // Who was signed out meanwhile is led to another page: only the form itself says that something was kept.
    const edition = page && page.querySelector(".submission__form [name=edition]")?.value;
    if (!edition) {
      say(form.dataset.unsaved);
      return wait(UNKEPT);
    }
    document.querySelectorAll(".submission__form [name=edition]").forEach((own) => { own.value = edition; });
    findings(page);
    say(form.dataset.saved);
  };
  const begin = () => {
    clearTimeout(timer);
    if (over) return;
    // One at a time: each needs the edition that the one before has made.
    if (saving) return wait(QUIET);
    [timer, first] = [undefined, undefined];
    saving = save().finally(() => { saving = undefined; });
  };
  const wait = (long) => {
    clearTimeout(timer);
    timer = setTimeout(begin, long);
  };

  form.addEventListener("input", () => {
    first ??= Date.now();
    wait(Math.min(QUIET, Math.max(0, first + UNKEPT - Date.now())));
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    timer = undefined;
    if (!saving) return;
    event.preventDefault();
    const button = event.submitter;
    saving.then(() => form.requestSubmit(button));
  });
  addEventListener("visibilitychange", () => {
    // Telephones end a page that was put away without a word.
    if (document.hidden && timer !== undefined && !saving) begin();
  });
  addEventListener("pagehide", () => {
    if (timer === undefined || over) return;
    clearTimeout(timer);
    timer = undefined;
    const last = written();
    const small = `${last}`.length < LEFT / 2;
    if (small || !saving) navigator.sendBeacon(form.action, last);
    if (!saving) return;
    // What is on its way makes the next edition, or does not arrive: one of the two fits.
    last.set("edition", Number(last.get("edition")) + 1);
    navigator.sendBeacon(form.action, last);
  });
};
