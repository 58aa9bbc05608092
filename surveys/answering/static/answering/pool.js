// For an officer with a shared tablet: whether the device is shared, and how many answers wait on it, nothing else about them.
const list = document.getElementById("pool");

// Remembered about the device, never about who holds it. Before anything is waited for: a tick that comes early must
// not be lost, or the screens of children would stay open.
const shared = document.getElementById("shared");
try {
  shared.checked = localStorage.getItem("shared") !== null;
  shared.addEventListener("change", () => { shared.checked ? localStorage.setItem("shared", "yes") : localStorage.removeItem("shared"); });
  shared.disabled = false;
} catch {
  document.getElementById("unknown").hidden = false;
}

const store = await import(list.dataset.waiting).catch(() => null);

async function show() {
  const found = await store?.all().catch(() => null);
  const refused = found?.filter((one) => one.refused).length ?? 0;
  const waiting = (found?.length ?? 0) - refused;
  list.querySelector(".waiting").textContent = found ? waiting : "?";
  list.querySelector(".refused").textContent = found ? refused : "?";
  document.getElementById("none").hidden = !found || found.length > 0;
  document.getElementById("again").hidden = refused === 0;
}

document.getElementById("send").addEventListener("click", async () => { await store?.flush().catch(() => {}); await show(); });
document.getElementById("again").addEventListener("click", async () => { await store?.retryRefused(); await store?.flush().catch(() => {}); await show(); });
store?.flushWhenever(show, show);
await show();
