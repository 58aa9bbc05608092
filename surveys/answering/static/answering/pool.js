// For an officer with a shared tablet: how many answers wait on it, and nothing else about them.
const list = document.getElementById("pool");
const store = await import(list.dataset.waiting);

async function show() {
  const found = await store.all().catch(() => null);
  const refused = found?.filter((one) => one.refused).length ?? 0;
  const waiting = (found?.length ?? 0) - refused;
  list.querySelector(".waiting").textContent = found ? waiting : "?";
  list.querySelector(".refused").textContent = found ? refused : "?";
  document.getElementById("none").hidden = !found || found.length > 0;
  document.getElementById("again").hidden = refused === 0;
}

document.getElementById("send").addEventListener("click", async () => { await store.flush().catch(() => {}); await show(); });
document.getElementById("again").addEventListener("click", async () => { await store.retryRefused(); await store.flush().catch(() => {}); await show(); });
store.flushWhenever(show, show);
await show();

// Remembered about the device, never about who holds it.
const shared = document.getElementById("shared");
try {
  shared.checked = localStorage.getItem("shared") !== null;
  shared.addEventListener("change", () => { shared.checked ? localStorage.setItem("shared", "yes") : localStorage.removeItem("shared"); });
} catch {
  shared.disabled = true;
  document.getElementById("unknown").hidden = false;
}
