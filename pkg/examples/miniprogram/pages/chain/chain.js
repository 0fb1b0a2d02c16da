const engine = require("../../engine.js");

Component({
  data: { chain: null, error: "" },
  lifetimes: {
    attached() {
      try {
        const chain = engine.links();
        if (chain) this.setData({ chain });
        else this.setData({ error: "还没有名单，请返回重新选择。" });
      } catch (e) {
        this.setData({ error: engine.explainError(e) });
      }
    },
  },
});
