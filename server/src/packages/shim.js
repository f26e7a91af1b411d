// What a frame without an origin does not have, as far as packages expect it: storage for as long as the page is open,
// no cookies, and the interfaces by which SCORM talks to a learning system. Nothing is sent anywhere.
(() => {
  "use strict";
  const memory = () => {
    const kept = new Map();
    return {
      getItem: (key) => (kept.has(String(key)) ? kept.get(String(key)) : null),
      setItem: (key, value) => void kept.set(String(key), String(value)),
      removeItem: (key) => void kept.delete(String(key)),
      clear: () => kept.clear(),
      key: (at) => [...kept.keys()][at] ?? null,
      get length() { return kept.size; },
    };
  };
  for (const name of ["localStorage", "sessionStorage"]) {
    try { void window[name]; } catch { Object.defineProperty(window, name, { value: memory(), configurable: true }); }
  }
  try { void document.cookie; } catch {
    Object.defineProperty(document, "cookie", { get: () => "", set: () => {}, configurable: true });
  }

  // One set of values for both editions of SCORM; what is asked for and was never set is empty or as at a first visit.
  const values = new Map(Object.entries({
    "cmi.core.lesson_status": "not attempted", "cmi.core.entry": "ab-initio", "cmi.core.lesson_mode": "normal",
    "cmi.core.credit": "no-credit", "cmi.core.student_id": "reader", "cmi.core.student_name": "", "cmi.suspend_data": "",
    "cmi.completion_status": "unknown", "cmi.success_status": "unknown", "cmi.entry": "ab-initio", "cmi.mode": "normal",
    "cmi.credit": "no-credit", "cmi.learner_id": "reader", "cmi.learner_name": "", "cmi._version": "1.0",
    "cmi.interactions._count": "0", "cmi.objectives._count": "0",
  }));
  let open = false, error = "0";
  const did = (fine, code) => { error = fine ? "0" : code; return fine ? "true" : "false"; };
  const count = (name) => {
    const list = /^(cmi\.(?:interactions|objectives|comments_from_learner))\.(\d+)\./.exec(name);
    if (!list) return;
    const total = `${list[1]}._count`;
    values.set(total, String(Math.max(Number(values.get(total) ?? 0), Number(list[2]) + 1)));
  };
  const begin = () => { const fine = !open; open = true; return did(fine, "101"); };
  const end = () => { const fine = open; open = false; return did(fine, "301"); };
  const get = (name) => { did(open, "301"); return open ? values.get(String(name)) ?? "" : ""; };
  const set = (name, value) => {
    if (open) { values.set(String(name), String(value)); count(String(name)); }
    return did(open, "301");
  };
  const save = () => did(open, "301");
  const words = (code) => (String(code) === "0" ? "No error" : "Not initialized");
  window.API ??= {
    LMSInitialize: begin, LMSFinish: end, LMSGetValue: get, LMSSetValue: set, LMSCommit: save,
    LMSGetLastError: () => error, LMSGetErrorString: words, LMSGetDiagnostic: words,
  };
  window.API_1484_11 ??= {
    version: "1.0", Initialize: begin, Terminate: end, GetValue: get, SetValue: set, Commit: save,
    GetLastError: () => error, GetErrorString: words, GetDiagnostic: words,
  };
})();
