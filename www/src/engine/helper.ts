// Locates some of what the engine that ranks holds, when that is much.
import { Locator, initSync } from "xiangma/slim";
import { help } from "xiangma/worker";

// What comes after the compiled engine is work.
onmessage = ({ data }: MessageEvent<WebAssembly.Module>) => {
  initSync(data);
  help(self, new Locator());
};
