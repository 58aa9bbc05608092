// The survey in another language, put in the place of this one. Only the same edition may take its place: its questions
// have the same codes, so what was answered stays answered.
export async function page(form, language) {
  const address = `${form.getAttribute("action")}${language === "en" ? "" : `${language}/`}`;
  const reply = await fetch(address, { credentials: "omit" });
  const other = new DOMParser().parseFromString(await reply.text(), "text/html");
  const found = other.getElementById("f");
  if (!reply.ok || found?.edition.value !== form.edition.value) throw new Error("not these questions");
  return { show: () => show(other, address) };
}

function show(other, address) {
  for (const part of ["#hide", "main", "footer"]) document.querySelector(part).replaceWith(other.querySelector(part));
  const { lang, dir } = other.documentElement;
  Object.assign(document.documentElement, { lang, dir });
  document.title = other.title;
  document.body.className = other.body.className;
  // Going to the same screen once more: a browser shows as its target only what was there when it went.
  const here = location.hash || "#s-what";
  history.replaceState(null, "", address);
  location.replace(here);
}
