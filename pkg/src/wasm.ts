/** What a bundler makes of the `.wasm` file: its address, or a compiled module. `init` of `xiangma/slim` takes either. */
declare const wasm: string | WebAssembly.Module;
export default wasm;
