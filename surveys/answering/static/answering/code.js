// A scanned code comes in the fragment, which no server sees. It is typed for the reader, and taken out of the address.
const code = location.hash.slice(1).replace(/%../g, "");
if (/^[a-z0-9]{4,40}$/i.test(code)) {
  document.getElementById("code").value = code;
  history.replaceState(null, "", location.pathname);
}
for (const other of document.querySelectorAll(".langs a")) {
  other.addEventListener("click", () => { other.hash = document.getElementById("code").value.replace(/\W/g, ""); });
}
