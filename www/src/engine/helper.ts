// Locates some of what the engine that ranks holds, when that is much.
import { Locator, initSync } from "xiangma/slim";
import { help } from "xiangma/worker";

// What comes after the compiled engine is work.
onmessage = ({ data }: MessageEvent<{ engine: WebAssembly.Module; own: string[] }>) => {
  initSync(data.engine);
  help(self, new Locator(data.own));
};
