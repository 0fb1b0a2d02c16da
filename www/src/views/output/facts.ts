// What a file said of an enterprise, as cells a file is read from again: the same headings and forms as `Enterprise::cells` of the engine.
import type { Enterprise, Money, Qualification, Size } from "xiangma/slim";

/** Facts in the order of `factsOf`, without the name and the credit code. */
export const FACTS = [
  ...["status", "kind", "established", "registered_capital", "paid_in_capital", "revenue", "staff", "size", "province"],
  ...["city", "county", "address", "industry", "scope", "profile", "main_business", "products", "patents", "bids"],
  ...["patent_count", "tags", "qualifications", "listing", "financing_date", "former_name", "shareholders"],
] as const;

const STATUS: Record<NonNullable<Enterprise["status"]>, string> = {
  active: "存续",
  moved: "迁出",
  suspended: "停业",
  liquidation: "清算",
  revoked: "吊销",
  deregistered: "注销",
};
const SIZE: Record<Size, string> = { micro: "微型", small: "小型", medium: "中型", large: "大型" };
const TITLE: Record<Qualification, string> = {
  single_champion: "制造业单项冠军",
  unicorn: "独角兽企业",
  little_giant: "专精特新小巨人",
  gazelle: "瞪羚企业",
  specialised: "专精特新中小企业",
  high_tech: "高新技术企业",
  tech_sme: "科技型中小企业",
  innovative_sme: "创新型中小企业",
};
const money = (m: Money | null): string => (m ? `${m.amount}${m.currency}` : "");

export function factsOf(e: Enterprise): string[] {
  return [
    e.status ? STATUS[e.status] : "",
    e.kind ?? "",
    e.established ?? "",
    ...[e.registeredCapital, e.paidInCapital, e.revenue].map(money),
    e.staff === null ? "" : String(e.staff),
    e.size ? SIZE[e.size] : "",
    ...[e.region.province, e.region.city, e.region.county, e.region.address].map(part => part ?? ""),
    ...[e.industry, e.scope, e.profile, e.mainBusiness].map(part => part ?? ""),
    e.products.map(p => (p.share === null ? p.name : `${p.name}:${p.share}`)).join("|"),
    e.patents ?? "",
    e.bids ?? "",
    e.patentCount === null ? "" : String(e.patentCount),
    e.tags.join("|"),
    e.qualifications.map(q => TITLE[q]).join("|"),
    ...[e.listing, e.financingDate, e.formerName, e.shareholders].map(part => part ?? ""),
  ];
}
