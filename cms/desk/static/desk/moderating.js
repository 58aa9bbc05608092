// One key for each decision, arrows from word to word, and how it reads while words are marked. All of it works without.
const form = document.getElementById("moderating");
const reads = document.getElementById("reads");
const kind = document.getElementById("kind");
const boxes = [...form.querySelectorAll("input[name=mark]")];

// What a new mark is called is settled when it is made; the server joins equal neighbours just so.
function show() {
  const parts = [];
  let last = "";
  for (const box of boxes) {
    const word = box.closest(".word");
    const before = word.previousElementSibling.textContent;
    const stands = box.checked ? box.dataset.stands || `[${kind.selectedOptions[0].text}]` : "";
    if (!(stands && stands === last && before === " ")) parts.push(before, stands || word.textContent);
    last = stands;
  }
  parts.push(form.querySelector(".moderating-words > .before:last-child").textContent);
  reads.textContent = parts.join("");
}

function move(box, by) {
  boxes[boxes.indexOf(box) + by]?.focus();
}

form.querySelector("[value=try]").hidden = true;
form.addEventListener("change", show);
document.addEventListener("keydown", (event) => {
  const at = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || at.matches("select, textarea, input[type=text]")) return;
  if (boxes.includes(at) && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
    move(at, event.key === "ArrowRight" ? 1 : -1);
    event.preventDefault();
    return;
  }
  const pressed = form.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (pressed && !event.repeat) {
    pressed.click();
    event.preventDefault();
  }
});
// A second press while the first is on its way decides nothing about the next comment.
form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => delete form.dataset.sent);
