/**
 * Work of which only the latest wish counts: while it is under way, others wait as one. Settles when the latest is
 * done.
 */
export function latest(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  async function untilDone(): Promise<void> {
    for (;;) {
      again = false;
      try {
        await work();
        if (!again) return;
      } catch (error) {
        // A wish that failed is no reason to forget a later one.
        if (!again) throw error;
      }
    }
  }
  return () => {
    again = true;
    return (running ??= untilDone().finally(() => (running = undefined)));
  };
}
