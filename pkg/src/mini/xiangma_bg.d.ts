// The glue of the mini-program's build, which is made when the package is.
export function __wbg_set_wasm(exports: object): void;
export function version(): string;
