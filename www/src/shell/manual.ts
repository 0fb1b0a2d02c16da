// The manual, where it stands beside the page: its page on what is seen now, in the language that is read.

/** Its folder; nothing where it was not shipped, as with the page in one file. */
const folder = document.querySelector<HTMLMetaElement>('meta[name="manual"]')?.content;

/** What a view has a page of its own for; for the others it opens at its beginning. */
export const PAGES: Readonly<Record<string, string>> = {
  import: "start.html",
  ledger: "ledger.html",
  map: "chains-and-cards.html",
  plan: "month.html",
  projects: "projects.html",
  review: "review-meeting.html",
};

export const manualOf = (view: string | undefined, isZh: boolean): string | undefined =>
  folder && `${folder}${isZh ? "" : "en/"}${PAGES[view ?? ""] ?? ""}`;
