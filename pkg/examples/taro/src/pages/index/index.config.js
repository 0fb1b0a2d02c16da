export default { navigationBarTitleText: "相马" };
