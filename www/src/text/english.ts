// All words in English.
import { type Words, joined } from "./words";

export default joined(import.meta.glob<Words>("./en/*.json", { eager: true, import: "default" }));
