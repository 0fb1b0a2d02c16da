// What the page knows of a lead (线索): an enterprise that somebody follows.

/** How far one has come, in order; the last is a way out. As `StatusRing` draws it. */
export const STATUSES = ["none", "arranged", "visited", "talking", "signed", "dropped"] as const;
export type LeadStatus = (typeof STATUSES)[number];

export interface Lead {
  /** The credit code, else folded name and province: the same over months and files. */
  key: string;
  name: string;
  status: LeadStatus;
  /** 专员. */
  officer: string;
  /** The next day on which something is to be done, YYYY-MM-DD, or empty. */
  next: string;
  note: string;
  /** Marked by the person at this computer; not part of what is handed over. */
  star: boolean;
}
/** What may be written; an empty word empties a field. */
export type LeadChange = Partial<Omit<Lead, "key">>;

/** Who it is, as far as a row or a file tells. */
export interface Who {
  name: string;
  creditCode: string | null;
  province?: string | null;
}

/** A field that was written, by whom and on which day. */
export interface Step {
  day: string;
  by: string;
  field: "status" | "officer" | "next" | "note" | "removed";
  /** As the file has it; empty where the field was emptied. */
  value: string;
}
/** A field that two wrote without knowing of each other. The first value holds. */
export interface Conflict {
  key: string;
  name: string;
  field: string;
  values: { value: string; by: string; day: string }[];
}
