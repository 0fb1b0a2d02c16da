// The cells of a row, as the table draws them: one line, no sentence.
import { storeToRefs } from "pinia";
import { type VNode, computed, h } from "vue";
import { useDefinitions } from "../../engine/definitions";
import type { ListRow } from "../../engine/protocol";
import { sums } from "../../parts/families";
import { useLeads } from "../../ledger/store";
import GradeBadge from "../../parts/GradeBadge.vue";
import NeedTag from "../../parts/NeedTag.vue";
import ScoreBar from "../../parts/ScoreBar.vue";
import StatusRing from "../../parts/StatusRing.vue";
import Tag from "../../parts/Tag.vue";
import { amountOf } from "../../text/money";
import { useText } from "../../text/useText";
import { useChances } from "../enterprise/chance";
import { useColumns } from "./columns";
import { businessOf, isSure, placeOf, residentsOf, shortName, tierOf } from "./rows";
import { useRanking } from "./store";

export function useCells() {
  const { t, many, pick, list, day, isZh } = useText();
  const [ranking, leads, chances] = [useRanking(), useLeads(), useChances()];
  const columns = useColumns();
  const { chains, links } = storeToRefs(useDefinitions());
  const states = computed(() => new Map((ranking.diagnosis ?? []).map(s => [s.link, s] as const)));
  const order = computed(() => (ranking.shownCard?.grades ?? []).map(g => g.name));
  const limits = computed(() => (ranking.shownCard?.grades ?? []).map(g => g.from / 100).filter(from => from > 0));
  /** Beside it stands the score. */
  const barWidth = computed(() => (columns.columns.find(c => c.id === "score")?.width ?? 216) - 48);
  /** The axis of the bars ends at the highest upper bound of the first rows. */
  const most = computed(() => Math.max(1, ...ranking.rows.slice(0, 30).map(r => r.high)));

  const linkName = (r: ListRow): string =>
    r.link ? pick(links.value.get(r.link)) : r.chain ? pick(chains.value.find(c => c.id === r.chain)) : "";
  const linkSaid = (r: ListRow): string => {
    const name = linkName(r);
    return !name ? t("noPlace") : isSure(r) || !r.evidence ? name : t("ranking.nearest", { link: name });
  };
  const residentsSaid = (r: ListRow): { short: string; whole: string } => {
    if (!r.link || !r.strategy || r.strategy === "none") return { short: "", whole: "" };
    const { names, count } = residentsOf(r.link, states.value, links.value);
    const [first] = names;
    if (!first) return { short: "", whole: "" };
    const n = count ?? names.length;
    const key = n < 2 ? "one" : count === null ? "some" : "more";
    return {
      short: t(`ranking.residents.${key}`, { name: shortName(first), n: many(n) }),
      whole: t(`ranking.residents.${count === null ? "beside" : "here"}`, { list: list(names) }),
    };
  };
  const business = (r: ListRow): VNode | null => {
    const its = businessOf(r.focus);
    if (its === "side") return h(Tag, { dashed: true }, () => t("ranking.side"));
    return its && h("span", { class: "soft" }, t("ranking.main"));
  };
  /** How a changed weight moved it. */
  const moved = (r: ListRow): VNode | null => {
    if (r.was === null) return null;
    const by = r.was - r.rank;
    if (!by) return h("span", { class: "soft" }, "—");
    return h("span", { class: by > 0 ? "up" : "down" }, `${by > 0 ? "▲" : "▼"}${many(Math.abs(by))}`);
  };
  const rank = (r: ListRow): VNode => {
    const tier = ranking.view && tierOf(r, ranking.view.tier);
    return h("span", { class: "place" }, [
      tier ? h("b", { title: t(`ranking.tiers.${tier}.title`) }, t(`ranking.tiers.${tier}.mark`)) : null,
      h("span", { class: "soft" }, r.vetoes.length ? "—" : many(r.rank)),
      moved(r),
    ]);
  };
  const name = (r: ListRow): VNode =>
    h("span", { class: "who" }, [
      h("b", { "data-test": "name", title: r.name }, r.name),
      columns.roomy.place ? h("span", { class: "soft where" }, placeOf(r)) : null,
    ]);
  const capital = (r: ListRow): string =>
    r.capital === null ? "" : amountOf(r.capital, "CNY", isZh.value ? "zh" : "en");
  const words: Record<string, (r: ListRow) => string> = {
    capital,
    founded: r => r.established ?? "",
    staff: r => (r.staff === null ? "" : many(r.staff)),
    size: r => (r.size ? t(`ranking.sizes.${r.size}`) : ""),
    qualifications: r => list(r.qualifications.map(q => t(`ranking.qualifications.${q}`))),
  };
  const criterion = (r: ListRow, at: number): string => (at < 0 ? "" : many(Math.round((r.points[at] ?? 0) / 100)));

  function cell(id: string, r: ListRow): VNode {
    if (id === "rank") return rank(r);
    if (id === "name") return name(r);
    if (id === "link")
      return h("span", { class: "link-cell" }, [
        h("span", { class: ["cut", { soft: !isSure(r) }], title: linkSaid(r) }, linkSaid(r)),
        isSure(r) && r.role ? h("span", { class: "role" }, t(`role.${r.role}`)) : null,
        columns.roomy.residents ? h("span", { class: "business" }, [business(r)]) : null,
      ]);
    if (id === "need") {
      if (!isSure(r) || !r.strategy) return h("span");
      const { short, whole } = residentsSaid(r);
      return h("span", { class: "need-cell", title: whole }, [
        h(NeedTag, { need: r.strategy, "data-test": "strategy" }),
        columns.roomy.residents ? h("span", { class: "cut soft" }, short) : null,
      ]);
    }
    if (id === "score") {
      const by = sums(ranking.overview?.criteria ?? [], r.points, ranking.weights);
      return h("span", { class: "score-cell" }, [
        h(ScoreBar, { ...by, low: r.low, high: r.high, max: most.value, limits: limits.value, width: barWidth.value }),
        h("b", { title: r.shown }, many(Math.round(r.score))),
      ]);
    }
    if (id === "chance") {
      const its = r.fileRow === null ? undefined : chances.of(r.fileRow);
      const [low, at, high] = its ? [its.low, its.at, its.high].map(x => many(Math.round(x * 100))) : [];
      return h("span", its ? [h("b", `${at}%`), h("span", { class: "soft" }, ` ${low}–${high}`)] : []);
    }
    const lead = leads.ofWho(r);
    if (id === "status") return lead ? h(StatusRing, { status: lead.status }) : h("span");
    if (id === "officer") return h("span", { class: "cut" }, lead?.officer ?? "");
    if (id === "next") return h("span", lead?.next ? day(lead.next) : "");
    if (id === "grade") return h(GradeBadge, { grade: r.grade, ruledOut: !!r.vetoes.length, order: order.value });
    const said = words[id]?.(r) ?? criterion(r, columns.criterionAt(id));
    return h("span", { class: ["cut", { soft: !said }], title: said }, said || t("ranking.unknown"));
  }
  return { cell, linkSaid, residentsSaid, order, placeOf, states };
}
