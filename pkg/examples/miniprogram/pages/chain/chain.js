const engine = require("../../engine.js");

Component({
  data: { chain: null, error: "" },
  lifetimes: {
    attached() {
      try {
        this.setData({ chain: engine.links() });
      } catch (e) {
        this.setData({ error: engine.explainError(e) });
      }
    },
  },
});
