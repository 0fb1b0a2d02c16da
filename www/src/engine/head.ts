// What a preview reads of a file: all of one that is packed, of plain text its first rows.

/** A preview looks at the first rows alone: of plain text that is long they stand in its head. */
const HEAD_OF_TEXT = 2_000_000;
const isPacked = (bytes: Uint8Array): boolean => (bytes[0] === 0x50 && bytes[1] === 0x4b) || bytes[0] === 0xd0;
/** JSON is nothing without its end; a mark of the order of bytes may stand before it, and blanks. */
const isJson = (bytes: Uint8Array): boolean => /^\s*[[{]/.test(new TextDecoder().decode(bytes));
export async function headOf(file: Blob): Promise<ArrayBuffer> {
  const first = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  if (file.size <= HEAD_OF_TEXT || isPacked(first) || isJson(first)) return file.arrayBuffer();
  const text = new Uint8Array(await file.slice(0, HEAD_OF_TEXT).arrayBuffer());
  // The last line is cut off.
  return text.slice(0, text.lastIndexOf(0x0a) + 1).buffer;
}
