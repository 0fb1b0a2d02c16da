// When something is to be done: overdue, within this week, later.
import type { Lead } from "./types";

export type Due = "overdue" | "week" | "later" | "";

/** The last day of the week of a day; weeks begin on Monday. */
export function endOfWeek(today: string): string {
  const day = new Date(`${today}T00:00:00`);
  day.setDate(day.getDate() + ((7 - day.getDay()) % 7));
  return day.toLocaleDateString("sv-SE");
}
/** Who has signed or was given up waits for nothing. */
export function dueOf({ next, status }: Lead, today: string): Due {
  if (!next || status === "signed" || status === "dropped") return "";
  return next < today ? "overdue" : next <= endOfWeek(today) ? "week" : "later";
}
