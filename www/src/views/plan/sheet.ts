// The shortlist as a table, for files and paper.
import type { ChosenList, TableFile } from "../../engine/planProtocol";
import { useText } from "../../text/useText";
import type { Column } from "../output/workbook";
import { usePlanWords } from "./words";

/** To be called in a setup. */
export function useShortlistSheet(): (list: ChosenList) => TableFile[] {
  const { t, pick } = useText();
  const { chainOf, linkOf, linksOf, placeOf } = usePlanWords();
  return list => {
    const columns: Column[] = [
      { head: t("plan.shortlist.place"), width: 6 },
      { head: t("fields.name"), width: 32 },
      { head: t("fields.credit_code"), width: 22 },
      { head: t("plan.shortlist.where"), width: 16 },
      { head: t("link"), width: 20 },
      { head: t("plan.shortlist.tier"), width: 10 },
      { head: t("score"), width: 9, look: "points" },
      { head: t("plan.shortlist.value"), width: 9, look: "points" },
      { head: t("plan.shortlist.closes"), width: 26 },
      { head: t("plan.shortlist.passages"), width: 10 },
      { head: t("reasons"), width: 60 },
    ];
    const rows = list.places.map((p, i) => [
      ...[i + 1, p.name, p.creditCode ?? "", placeOf(p), linkOf(p.link), t(`plan.tier.${p.tier}`), p.score, p.value],
      ...[linksOf(p.closes), p.passagesClosed, pick(p.reason)],
    ]);
    const gain: TableFile = {
      name: t("plan.gain.sheet"),
      columns: [
        { head: t("plan.diagnosis.chain"), width: 24 },
        { head: t("plan.gain.before"), width: 16 },
        { head: t("plan.gain.after"), width: 16 },
        { head: t("plan.gain.wholeBefore"), width: 16 },
        { head: t("plan.gain.wholeAfter"), width: 16 },
        { head: t("plan.gain.total"), width: 12 },
      ],
      rows: list.before.map(b => {
        const a = list.after.find(s => s.chain === b.chain);
        return [chainOf(b.chain), b.completeness, a?.completeness ?? null, b.whole, a?.whole ?? null, b.total];
      }),
    };
    return [{ name: t("plan.tabs.shortlist"), columns, rows }, gain];
  };
}
