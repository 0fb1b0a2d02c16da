// The plain build in base64, written when the package is made.
export declare const wasm: string;
