// Putting things in order by tapping them: the first tap is the first place, another tap takes it out again. The lists
// to choose from stay behind it, and are what is sent.
export function enrich(section) {
  const places = [...section.querySelectorAll("select")];
  const things = [...places[0].options].filter((option) => option.value);
  const order = [];
  const list = Object.assign(document.createElement("div"), { className: "os" });
  const buttons = things.map((thing) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "o thing" });
    const words = Object.assign(document.createElement("span"), { textContent: thing.text });
    if (thing.dataset.audio) words.dataset.audio = thing.dataset.audio;
    made.append(Object.assign(document.createElement("b"), { textContent: "" }), words);
    made.addEventListener("click", () => tap(thing.value));
    list.append(made);
    return { made, value: thing.value };
  });
  places[0].closest("label").before(list);
  for (const place of places) place.closest("label").hidden = true;
  section.addEventListener("cleared", () => { order.length = 0; show(); });
  section.addEventListener("change", (event) => { if (event.target.closest(".out")) { order.length = 0; show(); } });
  show();

  function tap(value) {
    const at = order.indexOf(value);
    if (at < 0) order.push(value);
    else order.splice(at, 1);
    for (const way of section.querySelectorAll(".out input")) way.checked = false;
    show();
  }

  function show() {
    places.forEach((place, n) => { place.value = order[n] ?? ""; });
    for (const { made, value } of buttons) {
      const at = order.indexOf(value);
      made.firstChild.textContent = at < 0 ? "" : at + 1;
      made.setAttribute("aria-pressed", at >= 0);
    }
  }
}
