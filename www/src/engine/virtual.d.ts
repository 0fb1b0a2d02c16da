// Written when the page of one file is built: see `build/single.ts`.
declare module "virtual:engine" {
  /** The engine, packed by gzip, in base64. */
  export const packed: string;
}
