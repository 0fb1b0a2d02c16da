// UTF-8 for runtimes without TextEncoder and TextDecoder: exactly what the glue asks of them, and what is malformed becomes U+FFFD.
const REPLACEMENT = 0xfffd;

export class TextEncoder {
  encode(text = "") {
    const bytes = new Uint8Array(text.length * 3);
    const { written } = this.encodeInto(text, bytes);
    return bytes.slice(0, written);
  }

  encodeInto(text, bytes) {
    let read = 0;
    let written = 0;
    while (read < text.length) {
      let code = text.codePointAt(read);
      const units = code > 0xffff ? 2 : 1;
      if (code >= 0xd800 && code <= 0xdfff) code = REPLACEMENT;
      const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (written + size > bytes.length) break;
      if (size === 1) bytes[written] = code;
      else {
        for (let i = size - 1; i > 0; i--) {
          bytes[written + i] = 0x80 | (code & 0x3f);
          code >>= 6;
        }
        bytes[written] = ((0xf00 >> size) & 0xff) | code;
      }
      read += units;
      written += size;
    }
    return { read, written };
  }
}

export class TextDecoder {
  constructor(label = "utf-8", options = {}) {
    if (!/^utf-?8$/i.test(label)) throw new RangeError(`only UTF-8, not ${label}`);
    this.encoding = "utf-8";
    this.fatal = !!options.fatal;
    this.ignoreBOM = !!options.ignoreBOM;
  }

  decode(input) {
    if (!input) return "";
    const bytes = input instanceof Uint8Array ? input : new Uint8Array(input.buffer || input, input.byteOffset || 0, input.byteLength);
    let text = "";
    let units = [];
    let at = !this.ignoreBOM && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    while (at < bytes.length) {
      const first = bytes[at++];
      let code = first;
      if (first >= 0x80) {
        const more = first >= 0xc2 && first <= 0xdf ? 1 : first >= 0xe0 && first <= 0xef ? 2 : first >= 0xf0 && first <= 0xf4 ? 3 : 0;
        code = more === 0 ? -1 : first & (0x3f >> more);
        for (let i = 0; i < more; i++) {
          const next = bytes[at];
          // The first byte narrows what the second may be, so that no character has two forms.
          const low = i > 0 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
          const high = i > 0 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
          if (next === undefined || next < low || next > high) {
            code = -1;
            break;
          }
          code = (code << 6) | (next & 0x3f);
          at++;
        }
        if (code < 0) {
          if (this.fatal) throw new TypeError("malformed UTF-8");
          code = REPLACEMENT;
        }
      }
      if (code > 0xffff) units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff));
      else units.push(code);
      if (units.length > 4096) {
        text += String.fromCharCode.apply(null, units);
        units = [];
      }
    }
    return text + String.fromCharCode.apply(null, units);
  }
}
