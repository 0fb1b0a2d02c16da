// A workbook as a spreadsheet program reads it, written piece by piece: only what is compressed is held. Texts stay texts: nothing in
// a cell is ever a formula.
import { Zip, ZipPassThrough } from "fflate";

export type Cell = string | number | null;
/** How a cell looks: by its place in `STYLES`. */
export type Look = "plain" | "head" | "points" | "whole" | "wrapped" | "title" | "share";
const LOOKS: readonly Look[] = ["plain", "head", "points", "whole", "wrapped", "title", "share"];

export interface Column {
  head: string;
  /** In characters. */
  width: number;
  look?: Look;
  /** Belongs to a group that can be folded. */
  grouped?: boolean;
  /** Its texts are few and come again and again: each is kept once. */
  repeats?: boolean;
}
/** A sheet of a table has a head that stays in sight and can be filtered; one without columns is a text. */
export interface SheetForm {
  name: string;
  columns: readonly Column[];
  /** Without a head: a text in lines. */
  text?: boolean;
  /** So many columns stay in sight. */
  frozen?: number;
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** What a spreadsheet program takes: of a cell, and of a sheet. */
const LONGEST = 32_767;
export const MOST_ROWS = 1_048_575;
/** Characters before they are handed on. */
const PIECE = 1 << 18;
const UTF8 = new TextEncoder();

// What XML cannot hold at all is left out.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to leave out
const UNHOLDABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const escaped = (text: string): string =>
  (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text)
    .replace(UNHOLDABLE, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

/** A, B, … Z, AA: how a column is called. */
export function letters(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : letters(Math.floor(at / 26) - 1) + last;
}

/** A file of a workbook, compressed by the browser itself as it is written. */
class Deflated extends ZipPassThrough {
  private readonly writer: WritableStreamDefaultWriter<BufferSource>;

  constructor(name: string) {
    super(name);
    this.compression = 8;
    const { readable, writable } = new CompressionStream("deflate-raw");
    this.writer = writable.getWriter();
    void this.hand(readable.getReader());
  }

  protected override process(chunk: Uint8Array, last: boolean): void {
    // What fails is told by the end that is read.
    const told = (): void => undefined;
    if (chunk.length) this.writer.write(chunk as Uint8Array<ArrayBuffer>).catch(told);
    if (last) this.writer.close().catch(told);
  }

  /** Resolves when there is room for more. */
  get ready(): Promise<unknown> {
    return this.writer.ready;
  }

  private async hand(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await reader.read();
        this.ondata(null, (value ?? new Uint8Array()) as Uint8Array<ArrayBuffer>, done);
        if (done) return;
      }
    } catch (error) {
      this.ondata(error as never, new Uint8Array(), true);
    }
  }
}

/** Texts that cells share, each by its number. */
class Shared {
  private readonly numbers = new Map<string, number>();

  number(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.numbers.size);
    return this.numbers.size - 1;
  }

  xml(): string {
    const texts = [...this.numbers.keys()].map(text => `<si>${textXml(text)}</si>`);
    return `${HEAD}<sst xmlns="${MAIN}" uniqueCount="${texts.length}">${texts.join("")}</sst>`;
  }
}
/** Blanks at an end are dropped unless they are said to be meant. */
const textXml = (text: string): string =>
  `<t${/^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : ""}>${escaped(text)}</t>`;

/** A sheet open for rows. */
class Sheet {
  private text = "";
  private row = 0;
  private readonly names: string[] = [];

  constructor(
    private readonly form: SheetForm,
    private readonly file: Deflated,
    private readonly shared: Shared,
  ) {
    const { columns, frozen = 0 } = form;
    const cols = columns.map(({ width, grouped }, i) => {
      const group = grouped ? ' outlineLevel="1"' : "";
      return `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"${group}/>`;
    });
    const split = frozen ? ` xSplit="${frozen}"` : "";
    const pane = frozen ? "bottomRight" : "bottomLeft";
    const frozenPane = `<pane${split} ySplit="1" topLeftCell="${letters(frozen)}2" activePane="${pane}" state="frozen"/>`;
    this.text =
      `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><outlinePr summaryRight="0"/><pageSetUpPr fitToPage="1"/></sheetPr>` +
      `<sheetViews><sheetView workbookViewId="0">${form.text ? "" : frozenPane}</sheetView></sheetViews>` +
      `<sheetFormatPr defaultRowHeight="16"/><cols>${cols.join("")}</cols><sheetData>`;
    if (!form.text) this.add(columns.map(c => c.head), () => "head");
  }

  /** One more row; false when there is no room for it. */
  add(cells: readonly Cell[], look: (at: number) => Look = at => this.form.columns[at]?.look ?? "plain"): boolean {
    if (this.row > MOST_ROWS) return false;
    const n = ++this.row;
    let row = `<row r="${n}">`;
    for (let at = 0; at < cells.length; at++) {
      const cell = cells[at];
      if (cell === null || cell === "") continue;
      this.names[at] ??= letters(at);
      const style = LOOKS.indexOf(look(at));
      const where = `<c r="${this.names[at]}${n}"${style ? ` s="${style}"` : ""}`;
      if (typeof cell === "number") row += `${where}><v>${cell}</v></c>`;
      else if (this.form.columns[at]?.repeats) row += `${where} t="s"><v>${this.shared.number(cell)}</v></c>`;
      else row += `${where} t="inlineStr"><is>${textXml(cell)}</is></c>`;
    }
    this.text += `${row}</row>`;
    if (this.text.length > PIECE) this.flush();
    return true;
  }

  private flush(last = false): void {
    this.file.push(UTF8.encode(this.text), last);
    this.text = "";
  }

  /** Resolves when there is room for more rows. */
  get ready(): Promise<unknown> {
    return this.file.ready;
  }

  end(): void {
    const { columns, text } = this.form;
    const range = `A1:${letters(columns.length - 1)}${Math.max(this.row, 1)}`;
    this.text +=
      `</sheetData>${text ? "" : `<autoFilter ref="${range}"/>`}` +
      '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
      '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>' +
      '<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>';
    this.flush(true);
  }
}

// Fonts, grounds and edges by number; a look is a line of `cellXfs`, in the order of `LOOKS`.
const align = (wrap: boolean): string => `<alignment vertical="${wrap ? "top" : "center"}"${wrap ? ' wrapText="1"' : ""}/>`;
const STYLES =
  `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>` +
  '<fonts count="3"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font>' +
  '<font><b/><sz val="14"/><name val="等线"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE6EDF6"/></patternFill></fill></fills>' +
  '<borders count="2"><border/><border><bottom style="thin"><color rgb="FF7C8898"/></bottom></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  `<cellXfs count="${LOOKS.length}">` +
  `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyAlignment="1">${align(false)}</xf>` +
  '<xf numFmtId="0" fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">' +
  '<alignment vertical="center" wrapText="1"/></xf>' +
  `<xf numFmtId="2" fontId="0" fillId="0" borderId="0" applyNumberFormat="1" applyAlignment="1">${align(false)}</xf>` +
  `<xf numFmtId="1" fontId="0" fillId="0" borderId="0" applyNumberFormat="1" applyAlignment="1">${align(false)}</xf>` +
  `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyAlignment="1">${align(true)}</xf>` +
  `<xf numFmtId="0" fontId="2" fillId="0" borderId="0" applyFont="1" applyAlignment="1">${align(false)}</xf>` +
  `<xf numFmtId="164" fontId="0" fillId="0" borderId="0" applyNumberFormat="1" applyAlignment="1">${align(false)}</xf>` +
  "</cellXfs></styleSheet>";

export class Workbook {
  private readonly pieces: Uint8Array<ArrayBuffer>[] = [];
  private readonly shared = new Shared();
  private readonly zip = new Zip();
  private readonly written: Promise<void>;
  private readonly sheets: { form: SheetForm; sheet: Sheet }[] = [];

  constructor() {
    this.written = new Promise((done, failed) => {
      this.zip.ondata = (error, data, last) => {
        if (error) return failed(error);
        this.pieces.push(data as Uint8Array<ArrayBuffer>);
        if (last) done();
      };
    });
  }

  private file(name: string): Deflated {
    const file = new Deflated(name);
    this.zip.add(file);
    return file;
  }
  private whole(name: string, text: string): void {
    this.file(name).push(UTF8.encode(text), true);
  }

  /** Several may be open at once: those after the first wait, compressed. */
  sheet(form: SheetForm): Sheet {
    const sheet = new Sheet(form, this.file(`xl/worksheets/sheet${this.sheets.length + 1}.xml`), this.shared);
    this.sheets.push({ form, sheet });
    return sheet;
  }

  /** Resolves when there is room for more rows in every sheet. */
  async ready(): Promise<void> {
    for (const { sheet } of this.sheets) await sheet.ready;
  }

  /** Ends all sheets; the whole as a file. */
  async end(): Promise<Blob> {
    for (const { sheet } of this.sheets) sheet.end();
    const all = this.sheets.map(({ form }, i) => ({ n: i + 1, name: escaped(form.name), form }));
    const titles = all
      .filter(({ form }) => !form.text)
      .map(({ n, name }) => `<definedName name="_xlnm.Print_Titles" localSheetId="${n - 1}">'${name}'!$1:$1</definedName>`);
    const part = (name: string, type: string): string =>
      `<Override PartName="/xl/${name}.xml" ContentType="${TYPE}.${type}+xml"/>`;
    this.whole(
      "[Content_Types].xml",
      `${HEAD}<Types xmlns="${PACKAGE}/content-types">` +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        part("workbook", "sheet.main") +
        part("styles", "styles") +
        part("sharedStrings", "sharedStrings") +
        all.map(({ n }) => part(`worksheets/sheet${n}`, "worksheet")).join("") +
        "</Types>",
    );
    const relations = (of: [id: string, type: string, target: string][]): string =>
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${of
        .map(([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`)
        .join("")}</Relationships>`;
    this.whole("_rels/.rels", relations([["r1", "officeDocument", "xl/workbook.xml"]]));
    this.whole(
      "xl/_rels/workbook.xml.rels",
      relations([
        ...all.map(({ n }): [string, string, string] => [`r${n}`, "worksheet", `worksheets/sheet${n}.xml`]),
        ["styles", "styles", "styles.xml"],
        ["shared", "sharedStrings", "sharedStrings.xml"],
      ]),
    );
    this.whole("xl/styles.xml", STYLES);
    this.whole("xl/sharedStrings.xml", this.shared.xml());
    this.whole(
      "xl/workbook.xml",
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${all
        .map(({ n, name }) => `<sheet name="${name}" sheetId="${n}" r:id="r${n}"/>`)
        .join("")}</sheets><definedNames>${titles.join("")}</definedNames></workbook>`,
    );
    this.zip.end();
    await this.written;
    return new Blob(this.pieces, { type: `${TYPE}.sheet` });
  }
}
