/** What a column may be said to hold, as the engine calls it; each has its word under `fields`. */
export const FIELDS: readonly string[] = [
  ...["name", "credit_code", "main_business", "products", "scope", "profile", "industry", "tags", "qualifications"],
  ...["registered_capital", "paid_in_capital", "capital_currency", "revenue", "staff", "size", "established", "status"],
  ...["kind", "province", "city", "county", "address", "patents", "patent_count", "bids", "listing", "financing_date"],
  ...["former_name", "shareholders", "asked_name"],
];
