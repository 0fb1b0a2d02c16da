// One colour a criterion, the same everywhere; grades and needs have theirs.
const palette = [
  "#1f5f9e",
  "#2a9d8f",
  "#8ab17d",
  "#e9c46a",
  "#f4a261",
  "#e76f51",
  "#9b5de5",
  "#5f7f9e",
  "#a3b1bf",
  "#b5838d",
  "#6d597a",
  "#355070",
];
export const color = (index: number): string => palette[index % palette.length];
export const needColor: Record<string, string> = {
  fill: "#d1495b",
  extend: "#e08e45",
  strengthen: "#2a9d8f",
  establish: "#8d99ae",
  none: "#1f5f9e",
};
export const gradeType = (grade: string): "success" | "primary" | "warning" | "info" =>
  (({ A: "success", B: "primary", C: "warning" }) as const)[grade as "A"] ?? "info";
