// Criteria are told in two families: how well an enterprise fits the park, and how strong it is. What is not known is a
// third.
export type Family = "fit" | "strength";

const STRENGTH = ["scale", "qualification", "growth", "innovation", "risk"];
/** A criterion of a card of the person's own is one of fit, unless it is known to be one of strength. */
export const familyOf = (criterion: string): Family => (STRENGTH.includes(criterion) ? "strength" : "fit");

/** What each family adds to a score, in points of 100, by the weights in force; `points` are of 10 000. */
export function sums(
  criteria: readonly { id: string }[],
  points: readonly number[],
  weights: readonly number[],
): Record<Family, number> {
  const all = weights.reduce((a, b) => a + b, 0) || 1;
  const by = { fit: 0, strength: 0 };
  criteria.forEach(({ id }, i) => (by[familyOf(id)] += ((points[i] ?? 0) * (weights[i] ?? 0)) / all / 100));
  return by;
}
