export default {
  pages: ["pages/index/index"],
  window: { navigationBarTitleText: "相马", navigationBarBackgroundColor: "#ffffff", navigationBarTextStyle: "black" },
  __usePrivacyCheck__: true,
};
