// Whoever holds something says how it is taken away, and brought back.

/** Brings back what was taken away. */
type Undo = () => void | Promise<void>;
const takers: (() => Undo | Promise<Undo>)[] = [];

/** To be called once by each owner: what takes its things away, and gives a way to bring them back. */
export function whenCleared(take: () => Undo | Promise<Undo>): void {
  takers.push(take);
}

/** Takes it all away, and gives the ways to bring it back. */
export const takeAway = (): Promise<Undo[]> => Promise.all(takers.map(take => take()));
