// Where the engine is: beside the page. In the page of one file, `binary.single.ts` takes the place of this.
import { compile, hasVectors } from "xiangma/slim";
import plainUrl from "xiangma/wasm/plain?url";
import vectorsUrl from "xiangma/wasm?url";

export const compiled = (): Promise<WebAssembly.Module> => compile(hasVectors() ? vectorsUrl : plainUrl);
