
// The editor of a learning path: steps move at once, by buttons and by dragging, and resources are looked up while one types. Nothing is
// stored until the form is sent, which says the new order in a hidden field.
export const path_editor = (form) => {
  const steps = () => [...form.querySelectorAll("[data-at]")];
  const step = (event) => event.target.closest?.("[data-at]");
  const tell = (moved) => {
    const all = steps();
    form.querySelector("[name=order]").value = all.map((one) => one.dataset.at).join();
    const name = moved.querySelector(".path-editor__name").textContent.trim();
    form.querySelector("[role=status]").textContent = form.dataset.moved + " " + (all.indexOf(moved) + 1) + ": " + name;
  };
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const [what] = (button?.value ?? "").split(":");
    if (what !== "up" && what !== "down") return;
    event.preventDefault();
    const own = step(event);
    what === "up" ? own.previousElementSibling?.before(own) : own.nextElementSibling?.after(own);
    button.focus();
    tell(own);
  });
  let carried;
  steps().forEach((one) => { one.draggable = true; });
  form.addEventListener("dragstart", (event) => {
    carried = step(event);
    carried?.classList.add("is-carried");
  });
  form.addEventListener("dragover", (event) => {
    const over = step(event);
    if (!carried || !over || over === carried) return;
    event.preventDefault();
    const behind = carried.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING;
    behind ? over.after(carried) : over.before(carried);
  });
  form.addEventListener("dragend", () => {
    carried?.classList.remove("is-carried");
    if (carried) tell(carried);
    carried = undefined;
  });
  const field = form.querySelector("#find");
  let newest = 0;
  field.addEventListener("input", () => {
    const own = (newest += 1);
    setTimeout(async () => {
      if (own !== newest) return;
      const answer = await fetch(form.dataset.address + "?find=" + encodeURIComponent(field.value)).catch(() => undefined);
      const html = answer?.ok ? await answer.text() : "";
      const found = new DOMParser().parseFromString(html, "text/html").getElementById("found");
      if (own === newest && found) document.getElementById("found").innerHTML = found.innerHTML;
    }, 250);
  });
};
