// The leads as a table for a spreadsheet program.
import { asOf } from "../../engine/definitions";
import type { Lead } from "../../ledger/types";
import type { Text } from "../../text/useText";
import { csvFile, csvLine } from "../output/csv";
import { save } from "../output/export";

export function exportLeads(leads: readonly Lead[], { t }: Text): void {
  const columns = ["name", "code", "status", "officer", "next", "note", "star"];
  const lines = [columns.map(c => t(`ledger.columns.${c}`))].concat(
    leads.map(l => [
      ...[l.name, l.key.includes("|") ? "" : l.key, t(`parts.status.${l.status}`), l.officer, l.next, l.note],
      l.star ? "★" : "",
    ]),
  );
  save(csvFile(lines.map(csvLine)), `${t("ledger.filename")}-${asOf}.csv`);
}
