/** A share as it is said: one digit more where it is small. */
export const percent = (x: number, digits = x < 0.1 ? 1 : 0): string => `${(100 * x).toFixed(digits)}%`;
