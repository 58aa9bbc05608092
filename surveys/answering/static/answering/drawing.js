// Drawing with a finger, a pen or a mouse. Strokes are simplified on the device and kept as whole steps on a square of
// 512 by 512, in the form of surveys/instrument/drawing.py. Words in the box below are as good.
const SIDE = 512, TOLERANCE = 1.5, LONGEST = 19_000;
const SVG = "http://www.w3.org/2000/svg";

export function enrich(section) {
  const pad = section.querySelector(".pad");
  const sheet = pad.querySelector("svg");
  const strokes = [];
  pad.hidden = false;
  section.strokes = () => strokes.map((stroke) => stroke.text).join("");
  section.addEventListener("cleared", () => { for (const stroke of strokes.splice(0)) stroke.path.remove(); });
  pad.querySelector(".undo").addEventListener("click", () => strokes.pop()?.path.remove());
  sheet.addEventListener("pointerdown", (event) => draw(event, sheet, strokes));
}

function draw(event, sheet, strokes) {
  const room = LONGEST - strokes.reduce((length, stroke) => length + stroke.text.length, 0);
  if (room < 0) return;
  event.preventDefault();
  sheet.setPointerCapture(event.pointerId);
  const points = [place(event, sheet)];
  const path = sheet.appendChild(document.createElementNS(SVG, "path"));
  const move = (next) => {
    // The line ends where there is no more room for it: what the server refuses as too big would be lost whole.
    if (path.getAttribute("d")?.length > room) return;
    points.push(place(next, sheet));
    path.setAttribute("d", written(points));
  };
  const end = () => {
    sheet.removeEventListener("pointermove", move);
    const text = written(simplified(points));
    path.setAttribute("d", text);
    strokes.push({ path, text });
  };
  sheet.addEventListener("pointermove", move);
  sheet.addEventListener("pointerup", end, { once: true });
  sheet.addEventListener("pointercancel", end, { once: true });
}

function place(event, sheet) {
  const box = sheet.getBoundingClientRect();
  const on = (at, from, size) => Math.min(SIDE - 1, Math.max(0, Math.round(((at - from) / size) * SIDE)));
  return [on(event.clientX, box.left, box.width), on(event.clientY, box.top, box.height)];
}

function written(points) {
  const [first, ...rest] = points;
  const steps = (rest.length ? rest : [[first[0] + 1, first[1]]]).map(([x, y], n) => {
    const [fromX, fromY] = n ? rest[n - 1] : first;
    return `${x - fromX},${y - fromY}`;
  });
  return `M${first.join(",")}l${steps.join(" ")}`;
}

// Ramer, Douglas and Peucker; a stroke that ends where it began is measured from its beginning.
function simplified(points) {
  if (points.length < 3) return points;
  const [first, last] = [points[0], points[points.length - 1]];
  let farthest = 0, place = 0;
  points.forEach((point, n) => {
    const far = distance(point, first, last);
    if (far > farthest) [farthest, place] = [far, n];
  });
  if (farthest <= TOLERANCE || !place) return [first, last];
  return [...simplified(points.slice(0, place + 1)).slice(0, -1), ...simplified(points.slice(place))];
}

function distance([x, y], [ax, ay], [bx, by]) {
  const length = Math.hypot(bx - ax, by - ay);
  return length ? Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length : Math.hypot(x - ax, y - ay);
}
