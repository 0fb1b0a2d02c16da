// A copy of a file, which what happens to it on the disk does not reach.

/** So much is copied at a time: a large file at once would keep the page from answering. */
const PART = 4_000_000;

export async function copyOf(file: Blob): Promise<Blob> {
  const parts: Blob[] = [];
  for (let from = 0; from < file.size; from += PART)
    parts.push(new Blob([await file.slice(from, from + PART).arrayBuffer()]));
  // Of parts that are blobs it is made without copying them again.
  return new Blob(parts);
}
