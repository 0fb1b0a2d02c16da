// The words of the views that come after the way in.
import { type Words, joined } from "./words";

export default joined(
  import.meta.glob<Words>(["./zh/*.json", "!./zh/{common,import,parts,shell,welcome}.json"], {
    eager: true,
    import: "default",
  }),
);
