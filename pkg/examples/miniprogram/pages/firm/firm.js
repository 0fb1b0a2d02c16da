const engine = require("../../engine.js");

Component({
  properties: { row: { type: Number, value: -1 } },
  data: { firm: null, error: "" },
  lifetimes: {
    attached() {
      try {
        const firm = engine.firm(Number(this.properties.row));
        if (firm) this.setData({ firm });
        else this.setData({ error: "名单已经变了，请返回重新选择。" });
      } catch (e) {
        this.setData({ error: engine.explainError(e) });
      }
    },
  },
  methods: {
    onShareAppMessage() {
      // The name alone: the list stays on this telephone.
      return { title: this.data.firm ? this.data.firm.name + "，排第 " + this.data.firm.rank : "相马", path: "/pages/list/list" };
    },
  },
});
