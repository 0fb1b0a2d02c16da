const engine = require("../../engine.js");

const SHOWN = 50;

// A component that is a page: both the IDE and the simulator take it.
Component({
  data: { ready: false, chains: [{ id: "", name: "" }], chainAt: 0, rows: [], total: 0, rejected: 0, text: "", error: "" },
  lifetimes: {
    attached() {
      this.loading = this.guarded(async () => {
        await engine.start();
        const chains = engine.chains();
        this.setData({ ready: true, chains, chainAt: Math.max(0, chains.findIndex((c) => c.id === engine.settings.chain)) });
      });
    },
  },
  methods: {
    async guarded(work) {
      try {
        this.setData({ error: "" });
        await work();
      } catch (e) {
        // Closing the chooser is no error.
        if (!/cancel/.test((e && e.errMsg) || "")) this.setData({ error: engine.explainError(e) });
      }
    },
    show() {
      this.setData({ rows: engine.list(SHOWN, this.data.text) });
    },
    read(kind, bytes) {
      const report = engine.load(kind, bytes);
      if (kind === "candidates") this.setData({ total: report.read, rejected: report.rejected.count });
      this.show();
    },
    onChain(event) {
      const chainAt = Number(event.detail.value);
      return this.guarded(async () => {
        engine.choose(this.data.chains[chainAt].id);
        this.setData({ chainAt });
        this.show();
      });
    },
    onChoose(event) {
      const kind = event.currentTarget.dataset.kind;
      return this.guarded(async () => {
        const { tempFiles } = await wx.chooseMessageFile({ count: 1, type: "file", extension: ["csv", "txt", "tsv", "json", "jsonl"] });
        this.read(kind, wx.getFileSystemManager().readFileSync(tempFiles[0].path));
      });
    },
    onPaste() {
      return this.guarded(async () => {
        const { data } = await wx.getClipboardData();
        this.read("candidates", data);
      });
    },
    onSample() {
      return this.guarded(async () => this.read("candidates", require("../../sample.js")));
    },
    onSearch(event) {
      this.setData({ text: event.detail.value.trim() });
      return this.guarded(async () => this.show());
    },
    onFirm(event) {
      wx.navigateTo({ url: "/pages/firm/firm?row=" + event.currentTarget.dataset.row });
    },
    onChainPage() {
      wx.navigateTo({ url: "/pages/chain/chain" });
    },
    onShareAppMessage() {
      return { title: "相马：招商名单排序", path: "/pages/list/list" };
    },
  },
});
