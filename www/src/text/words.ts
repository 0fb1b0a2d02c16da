// Files of words as one tree: a file `<view>.json` holds the words under `<view>.`; those of `common.json` stand at the root.
export type Words = { [key: string]: string | Words };

export function joined(files: Record<string, Words>): Words {
  const all: Words = {};
  for (const [path, words] of Object.entries(files)) {
    const name = path.slice(path.lastIndexOf("/") + 1, -".json".length);
    Object.assign(all, name === "common" ? words : { [name]: words });
  }
  return all;
}
