/**
 * The text that Excel and WPS put on the clipboard for a block of cells: tabs between cells, CRLF
 * between rows, quotes around what holds a tab, a line break or a quote.
 */

const QUOTED = /"((?:[^"]|"")*)"(?=\t|\r|\n|$)/y;
const BARE = /[^\t\r\n]*/y;
const END_OF_ROW = /\r\n|\r|\n/y;

/** Rows of texts. A quote that is never closed is an ordinary sign, as the programs take it. */
export function parse(text) {
  const rows = [];
  let row = [];
  let at = 0;
  while (at < text.length) {
    const [value, next] = cell(text, at);
    row.push(value);
    at = next;
    if (text[at] === "\t") {
      at += 1;
      if (at < text.length) continue;
      row.push("");
    }
    rows.push(row);
    row = [];
    at = afterBreak(text, at);
  }
  return rows;
}

/** The same text for rows of texts, so that a copied block can be pasted in Excel and here. */
export function write(rows) {
  return rows.map((row) => row.map(quoted).join("\t")).join("\r\n");
}

function cell(text, at) {
  QUOTED.lastIndex = at;
  const found = text[at] === '"' && QUOTED.exec(text);
  if (found) return [found[1].replace(/""/g, '"').replace(/\r\n?/g, "\n"), QUOTED.lastIndex];
  BARE.lastIndex = at;
  const bare = BARE.exec(text)[0];
  return [bare, at + bare.length];
}

function afterBreak(text, at) {
  END_OF_ROW.lastIndex = at;
  const found = END_OF_ROW.exec(text);
  return found ? at + found[0].length : at;
}

function quoted(text) {
  return /[\t\r\n"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
