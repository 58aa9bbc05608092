// A try-out looks and works like the survey, and neither this module nor its page has a way to send anything.
const form = document.getElementById("f");
const sections = [...form.querySelectorAll("section.s")];
document.body.classList.add("js");
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", (event) => keepExclusive(event.target));
addEventListener("hiding", forget);
addEventListener("pagehide", forget);
addEventListener("hashchange", move);
enrich();

function move() {
  const id = location.hash.slice(1);
  // Whoever has come to the end, or begins again, leaves nothing for the next one to see.
  if (["s-tried", "s-what", ""].includes(id)) forget();
  document.getElementById(id)?.querySelector("h1,h2")?.focus();
  scrollTo(0, 0);
}

function keepExclusive(changed) {
  if (changed.type !== "checkbox" || !changed.checked) return;
  for (const other of form.querySelectorAll(`input[name="${changed.name}"]`)) {
    if (other !== changed && ("x" in changed.dataset || "x" in other.dataset)) other.checked = false;
  }
}

function forget() {
  const { easy } = form.elements;
  const isEasy = easy?.checked;
  form.reset();
  if (easy) easy.checked = isEasy;
  for (const section of sections) section.dispatchEvent(new Event("cleared"));
}

async function enrich() {
  const { drawing, sorting, aloud, loud } = form.dataset;
  for (const [kind, address] of [["drawing", drawing], ["sort", sorting]]) {
    if (address) import(address).then(({ enrich: make }) => form.querySelectorAll(`[data-kind="${kind}"]`).forEach(make));
  }
  const { offer } = await import(aloud);
  offer(form);
  // Afterwards, because a survey that is loud fetches its recordings before anybody asks to listen.
  form.classList.toggle("loud", loud !== undefined);
}
