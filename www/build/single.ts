// What the page in one file needs: the engine packed into the script, everything inlined, and a policy that lets nothing out.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const ENGINE = "virtual:engine";

/** The engine as text: packed, and in base64. A third of its size again, and nothing to fetch. */
export function packedEngine(file: string): Plugin {
  return {
    name: "packed-engine",
    resolveId: id => (id === ENGINE ? `\0${ENGINE}` : undefined),
    load(id) {
      if (id !== `\0${ENGINE}`) return undefined;
      const packed = gzipSync(readFileSync(file), { level: 9 }).toString("base64");
      return `export const packed = ${JSON.stringify(packed)};`;
    },
  };
}

/** The script that runs before the first paint stands in the page itself. */
export function inlineTheme(file: string): Plugin {
  return {
    name: "inline-theme",
    transformIndexHtml: {
      order: "pre",
      handler: html =>
        html.replace('<script src="./theme.js"></script>', () => `<script>${readFileSync(file, "utf8")}</script>`),
    },
  };
}

const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "font-src data:",
  "worker-src blob:",
  "connect-src 'none'",
  ...["object-src 'none'", "base-uri 'none'", "form-action 'none'"],
];

/** Only the scripts that are in the file may run, and none of them may send anything. */
export function sealed(): Plugin {
  return {
    name: "sealed",
    enforce: "post",
    generateBundle: {
      // After everything was inlined.
      order: "post",
      handler(_, bundle) {
        for (const part of Object.values(bundle)) {
          if (part.type !== "asset" || !part.fileName.endsWith(".html")) continue;
          const html = String(part.source);
          const hashes = [...html.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map(
            ([, script]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
          );
          const policy = [...POLICY, `script-src ${hashes.join(" ")} 'wasm-unsafe-eval'`].join("; ");
          part.source = html.replace(
            /(http-equiv="Content-Security-Policy" content=")[^"]*/,
            (_match, start: string) => start + policy,
          );
          part.fileName = "xiangma.html";
        }
      },
    },
  };
}
