// Where the engine is in the page of one file: in the script, packed. Nothing is fetched.
import { compile } from "xiangma/slim";
import { packed } from "virtual:engine";

export async function compiled(): Promise<WebAssembly.Module> {
  const bytes = Uint8Array.from(atob(packed), c => c.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return compile(new Uint8Array(await new Response(unpacked).arrayBuffer()));
}
