module.exports = {
  projectName: "xiangma-example",
  sourceRoot: "src",
  outputRoot: "dist",
  framework: "react",
  compiler: "vite",
  plugins: [],
  designWidth: 750,
  // The engine goes along as it is.
  copy: { patterns: [{ from: "node_modules/xiangma/miniprogram_dist/xiangma.wasm.br", to: "dist/xiangma.wasm.br" }], options: {} },
  mini: {},
};
