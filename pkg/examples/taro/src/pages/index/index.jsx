import { useState } from "react";
import Taro from "@tarojs/taro";
import { Button, View } from "@tarojs/components";
import { rank } from "../../ranking.js";

const SAMPLE = "企业名称,主营产品,参保人数\n示例光电有限公司,光模块,120\n示例镜头有限公司,光学镜头,60\n示例商贸有限公司,钢材,8\n";

function today() {
  const day = new Date();
  const two = (n) => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

export default function Index() {
  const [rows, setRows] = useState([]);
  const [error, setError] = useState("");

  async function show(list) {
    try {
      setRows(await rank(await list(), today()));
      setError("");
    } catch (e) {
      setError(e.code ? `${e.code}：${e.message}` : e.errMsg);
    }
  }

  return (
    <View style={{ padding: "24rpx" }}>
      <Button onClick={() => show(() => SAMPLE)}>示例名单</Button>
      <Button onClick={() => show(async () => (await Taro.getClipboardData()).data)}>粘贴名单</Button>
      {error && <View style={{ color: "#b3261e" }}>{error}</View>}
      {rows.map((row) => (
        <View key={row.name}>{`${row.rank} ${row.name} ${row.score}：${row.why}`}</View>
      ))}
    </View>
  );
}
