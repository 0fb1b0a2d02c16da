/** Work of which only the latest wish counts: while it is under way, others wait as one. */
export function latest(work: () => Promise<void>): () => Promise<void> {
  let pending = false;
  let again = false;
  return async () => {
    if (pending) {
      again = true;
      return;
    }
    pending = true;
    try {
      do {
        again = false;
        await work();
      } while (again);
    } finally {
      pending = false;
    }
  };
}
