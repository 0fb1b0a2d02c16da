// The drawing as a file: with its colours written out, in the light ones, under a line that says what it is of.
const STYLES = [
  ...["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "text-anchor"],
  ...["font-size", "font-weight", "font-family"],
];
const SPACE = { above: 44, below: 30 };
const NS = "http://www.w3.org/2000/svg";

/** The text of an SVG that needs nothing beside it. */
export function asSvg(drawing: SVGSVGElement, title: string, foot: string): string {
  const held = document.createElement("div");
  held.dataset.theme = "light";
  held.style.cssText = "position:absolute;left:-99999px;color:var(--text)";
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  held.append(copy);
  drawing.parentElement!.append(held);
  for (const node of copy.querySelectorAll<SVGElement>("g, path, rect, text")) {
    const style = getComputedStyle(node);
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      if (node.tagName !== "g" || name === "opacity") node.setAttribute(name, value);
    }
  }
  // What is only for the hand and the ear stays behind; so does what is looked at just now.
  for (const node of copy.querySelectorAll(".chosen")) node.remove();
  for (const node of [copy, ...copy.querySelectorAll("*")]) {
    for (const { name } of [...node.attributes])
      if (/^(class|tabindex|role|style)$|^(data-|aria-)/.test(name)) node.removeAttribute(name);
  }
  const { width, height } = drawing.viewBox.baseVal;
  copy.setAttribute("xmlns", NS);
  copy.setAttribute("viewBox", `0 ${-SPACE.above} ${width} ${height + SPACE.above + SPACE.below}`);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height + SPACE.above + SPACE.below));
  const style = getComputedStyle(held);
  const ground = document.createElementNS(NS, "rect");
  for (const [name, value] of Object.entries({ y: -SPACE.above, width, height: height + SPACE.above + SPACE.below }))
    ground.setAttribute(name, String(value));
  ground.setAttribute("fill", style.getPropertyValue("--surface").trim());
  copy.prepend(ground);
  const say = (text: string, y: number, size: number, weight: number): void => {
    const line = document.createElementNS(NS, "text");
    const as = {
      x: 16,
      y,
      "font-size": size,
      "font-weight": weight,
      fill: style.color,
      "font-family": style.fontFamily,
    };
    for (const [name, value] of Object.entries(as)) line.setAttribute(name, String(value));
    line.textContent = text;
    copy.append(line);
  };
  say(title, -16, 20, 700);
  say(foot, height + 20, 12, 400);
  held.remove();
  return new XMLSerializer().serializeToString(copy);
}

/** Twice as fine as on the screen. */
export async function asPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * image.naturalWidth, 2 * image.naturalHeight];
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
  );
}
