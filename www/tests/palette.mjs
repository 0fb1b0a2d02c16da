// A picture of a page has few colours: written with a table of 256 of them it is a third of its size.
import { crc32, deflateSync } from "node:zlib";

/** In the browser: the picture as a table of frequent colours, and for each pixel the nearest of them. */
async function inColours(png) {
  const bytes = Uint8Array.from(atob(png), c => c.charCodeAt(0));
  const { width, height, data } = await (async () => {
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const drawn = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    drawn.drawImage(bitmap, 0, 0);
    return drawn.getImageData(0, 0, bitmap.width, bitmap.height);
  })();
  const counts = new Map();
  const at = i => (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
  for (let i = 0; i < data.length; i += 4) counts.set(at(i), (counts.get(at(i)) ?? 0) + 1);
  // Every colour that is at least a little away from those before it, the most frequent first.
  const apart = (a, b) =>
    ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;
  const order = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
  const table = [];
  for (const near of [150, 0])
    for (const colour of order) if (table.length < 256 && table.every(c => apart(c, colour) > near)) table.push(colour);
  const nearest = new Map();
  const find = colour => {
    let best = nearest.get(colour);
    if (best === undefined) {
      best = table.reduce((k, c, i) => (apart(c, colour) < apart(table[k], colour) ? i : k), 0);
      nearest.set(colour, best);
    }
    return best;
  };
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + x + 1] = find(at((y * width + x) * 4));
  let text = "";
  for (let i = 0; i < rows.length; i += 8192) text += String.fromCharCode(...rows.subarray(i, i + 8192));
  return { width, height, table, rows: btoa(text) };
}

/** A picture, as a PNG, written so. */
export async function withPalette(page, png) {
  const { width, height, table, rows } = await page.evaluate(inColours, png.toString("base64"));
  const chunk = (name, body) => {
    const named = Buffer.concat([Buffer.from(name), body]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(table.flatMap(c => [c >> 16, (c >> 8) & 255, c & 255]));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(Buffer.from(rows, "base64"), { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
