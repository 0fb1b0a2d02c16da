// The month's plan: what was asked for and what the engine answered.
import type {
  AssignCosts,
  Assignment,
  AtRisk,
  Decision,
  Officer,
  Pushes,
  Review,
  ShortlistQuery,
  Trips,
} from "xiangma/slim";
import { defineStore } from "pinia";
import { computed, reactive, ref, shallowRef, watch } from "vue";
import { whenCleared } from "../../engine/clearing";
import { recall, remember } from "../../engine/disk";
import { useFiles } from "../../engine/files";
import type { ChosenList, FoundRow, PlanDiagnosis, Target, Ways } from "../../engine/planProtocol";
import { useLeads } from "../../ledger/store";
import { useRanking } from "../ranking/store";
import { decisionsIn } from "./decisions";
import { made } from "./made";

/** A file the person gave. */
export interface Given {
  name: string;
  file: Blob;
}
const DECISIONS = "plan.decisions";

/** What a shortlist is to be, as it stands in the form; an empty text is no limit. */
const freshWishes = () => ({
  ...{ count: "20", eachLink: "", eachRegion: "" },
  tiers: { leader: "", mid_tier: "", promising: "", other: "" } as Record<string, string>,
});
const freshTravel = () => ({ days: "3", visits: "3", from: "" });
const freshCosts = (): AssignCosts => ({ chain: 40, region: 20, language: 60, change: 30, balance: 2 });
/** What is typed for a number; nothing where it is none. */
export const wholeOf = (typed: string | number): number | null => {
  const text = String(typed).trim();
  return text !== "" && Number.isFinite(Number(text)) ? Math.max(0, Math.round(Number(text))) : null;
};

export const usePlan = defineStore("plan", () => {
  const [ranking, files, leads] = [useRanking(), useFiles(), useLeads()];
  /** The list on the screen, under its weights: another text when it is another list. */
  const stamp = computed(() => (ranking.view ? `${ranking.view.run} ${ranking.view.signature}` : ""));
  const residents = computed(() => files.files.residents);

  /** The park's own word on links, of any chain. */
  const decisions = ref<Decision[]>(decisionsIn(recall(DECISIONS)));
  watch(decisions, all => remember(DECISIONS, all));
  function undecide(link: string): void {
    decisions.value = decisions.value.filter(d => d.link !== link);
  }
  function decide(decision: Decision): void {
    decisions.value = [...decisions.value.filter(d => d.link !== decision.link), decision];
  }
  const diagnosis = made<PlanDiagnosis>(() => [stamp.value, residents.value, decisions.value]);
  /** An edition of the residents' file from before: what changed may be a sign. */
  const earlier = shallowRef<Given>();
  const risk = made<AtRisk[]>(() => [residents.value, earlier.value]);

  const wishes = reactive(freshWishes());
  /** Who has to be on the list, who must not, and of whom it is asked why they are not. */
  const must = ref<FoundRow[]>([]);
  const never = ref<FoundRow[]>([]);
  const asked = ref<FoundRow[]>([]);
  // Rows are rows of one list alone.
  watch(
    () => ranking.view?.list,
    () => {
      [must.value, never.value, asked.value] = [[], [], []];
    },
  );
  const shortlist = made<ChosenList>(() => [stamp.value, decisions.value]);
  function query(): Partial<ShortlistQuery> {
    const tiers = Object.entries(wishes.tiers).flatMap(([tier, typed]) => {
      const most = wholeOf(typed);
      return most === null ? [] : [[tier, most]];
    });
    return {
      count: wholeOf(wishes.count) ?? 20,
      quota: {
        ...{ links: {}, regions: {}, tiers: Object.fromEntries(tiers) },
        ...{ eachLink: wholeOf(wishes.eachLink), eachRegion: wholeOf(wishes.eachRegion) },
      },
      must: must.value.map(m => m.row),
      never: never.value.map(m => m.row),
      decisions: decisions.value.map(d => ({ ...d })),
    };
  }

  /** Whom the plan is about: those on the shortlist, or those of the ledger who are still followed. */
  const source = ref<"shortlist" | "leads">("shortlist");
  const followed = computed(() => leads.all.filter(l => l.status !== "signed" && l.status !== "dropped"));
  /** Who is in the ledger matters here, not what is written of them. */
  const followedKeys = computed(() => followed.value.map(l => l.key).join("\n"));
  const ofLedger = made<Target[]>(() => `${stamp.value}\n${followedKeys.value}`);
  const targets = computed<readonly Target[] | undefined>(() =>
    source.value === "shortlist" ? shortlist.is.value?.places : ofLedger.is.value,
  );

  const ties = shallowRef<Given>();
  /** With whom ways begin, beside the residents. */
  const starts = ref("");
  const personal = ref(false);
  const ways = made<Ways>(() => [targets.value, residents.value, ties.value, starts.value, personal.value]);

  const travel = reactive(freshTravel());
  const trips = made<Trips>(() => [targets.value, travel.days, travel.visits, travel.from]);

  const officers = shallowRef<Officer[]>([]);
  const officersFile = ref("");
  /** Who keeps whom: an officer by the key of an enterprise. */
  const locked = shallowRef(new Map<string, string>());
  const costs = reactive(freshCosts());
  const assignment = made<Assignment>(() => [targets.value, officers.value, locked.value, JSON.stringify(costs)]);

  const before = shallowRef<{ name: string; text: string }>();
  const top = ref("50");
  const pushed = made<Pushes>(() => [stamp.value, before.value, top.value]);

  /** Experts of the blind review, and the sheets they sent back. */
  const experts = ref("");
  const sheets = shallowRef<Given[]>([]);
  const review = made<Review>(() => [targets.value, sheets.value]);

  whenCleared(() => {
    const had = decisions.value;
    for (const answer of [diagnosis, risk, shortlist, ofLedger, ways, trips, assignment, pushed, review]) answer.drop();
    Object.assign(wishes, freshWishes());
    Object.assign(travel, freshTravel());
    Object.assign(costs, freshCosts());
    [earlier.value, ties.value, before.value] = [undefined, undefined, undefined];
    [officers.value, officersFile.value, locked.value, sheets.value] = [[], "", new Map(), []];
    [decisions.value, experts.value, starts.value, personal.value] = [[], "", "", false];
    return () => void (decisions.value = had);
  });

  return {
    ...{ stamp, residents, decisions, decide, undecide, diagnosis, earlier, risk },
    ...{ wishes, must, never, asked, shortlist, query, source, followed, ofLedger, targets },
    ...{ ties, starts, personal, ways, travel, trips },
    ...{ officers, officersFile, locked, costs, assignment, before, top, pushed, experts, sheets, review },
  };
});
