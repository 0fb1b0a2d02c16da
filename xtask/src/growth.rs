//! A drawing of how time grows with the number of rows, both on logarithmic axes: what is linear is a straight line of slope one.

#![allow(clippy::disallowed_methods, reason = "a drawing, which may differ by a hair from machine to machine")]

use std::fmt::Write;

/// A line of the drawing: its name, and milliseconds by rows.
pub struct Line<'n> {
    pub name: &'n str,
    pub points: Vec<(u64, f64)>,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 220.0;
const EDGE: f64 = 36.0;
const COLOURS: [&str; 5] = ["#1f6fb2", "#d1495b", "#2a9d5c", "#e08e1b", "#6b5b95"];

/// The drawing, as SVG.
pub fn draw(title: &str, lines: &[Line<'_>]) -> String {
    let all = || lines.iter().flat_map(|l| &l.points);
    let decades = |values: &mut dyn Iterator<Item = f64>| {
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v.log10()), high.max(v.log10())));
        (low.floor(), high.ceil())
    };
    let (left, right) = decades(&mut all().map(|p| p.0 as f64));
    let (bottom, top) = decades(&mut all().map(|p| p.1));
    let x = |rows: f64| LEFT + (rows.log10() - left) / (right - left) * (WIDTH - LEFT - RIGHT);
    let y = |ms: f64| HEIGHT - EDGE - (ms.log10() - bottom) / (top - bottom) * (HEIGHT - 2.0 * EDGE);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n<text x=\"{LEFT}\" y=\"20\" font-size=\"14\">{title}</text>\n"
    );
    // Writing to a string has nothing to fail at.
    for decade in left as i32..=right as i32 {
        let (at, rows) = (x(10_f64.powi(decade)), 10_u64.pow(decade as u32));
        let _ = writeln!(svg, "<path d=\"M{at:.1} {EDGE}V{:.1}\" stroke=\"#ddd\"/>", HEIGHT - EDGE);
        let _ = writeln!(svg, "<text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{rows} rows</text>", HEIGHT - 16.0);
    }
    for decade in bottom as i32..=top as i32 {
        let ms = 10_f64.powi(decade);
        let _ = writeln!(svg, "<path d=\"M{LEFT} {:.1}H{:.1}\" stroke=\"#ddd\"/>", y(ms), WIDTH - RIGHT);
        let _ = writeln!(svg, "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{ms} ms</text>", LEFT - 6.0, y(ms) + 4.0);
    }
    let mut last = f64::MIN;
    let mut ends: Vec<(f64, usize)> = lines.iter().enumerate().filter_map(|(i, l)| Some((y(l.points.last()?.1), i))).collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (end, i) in ends {
        let (line, colour) = (&lines[i], COLOURS[i % COLOURS.len()]);
        let path: Vec<String> = line.points.iter().map(|(rows, ms)| format!("{:.1} {:.1}", x(*rows as f64), y(*ms))).collect();
        let _ = writeln!(svg, "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>", path.join("L"));
        // Names stand at the end of their lines, one below the other.
        last = end.max(last + 15.0);
        let _ = writeln!(svg, "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\">{}</text>", WIDTH - RIGHT + 6.0, last + 4.0, line.name);
    }
    svg + "</svg>\n"
}
