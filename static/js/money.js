/**
 * What people type for amounts, counts and scores, read exactly; BigInt 分, never a float.
 *
 * The same reading as budget/spellings.py, and held to the same table of spellings
 * (budget/tests/spellings.csv). Why a text is refused is said by the server alone.
 */

const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const SPACE =
  /[ \t\r\n\f\v\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const UNUSUAL = [..."０１２３４５６７８９，．。（）＋－−–—￥／：％＝＃"];
const USUAL = [..."0123456789,..()+----¥/:%=#"];
const PLAIN = new Map(UNUSUAL.map((sign, at) => [sign, USUAL[at]]));
const NOTHING = /^(?:-+|\/|无)?$/;

const WHOLE = "(?:\\d{1,3}(?:,\\d{3})+|\\d{1,3}(?: \\d{3})+|\\d+)";
const NUMBER = `(?<number>${WHOLE}(?:\\.\\d*)?|\\.\\d+)`;
const UNIT = "万元|亿元|元|万|亿";
const AMOUNT = new RegExp(
  `^(?<before>[-+(]?) ?¥? ?(?<inner>[-+(]?) ?${NUMBER} ?` +
    `(?<unit>${UNIT})? ?(?<after>[-)]?) ?(?<outer>${UNIT})?$`,
);
const COUNT = new RegExp(`^(?<sign>[-+]?) ?(?<number>${WHOLE}(?:\\.\\d*)?) ?[人名个辆台套次批天件项]?$`);
const SCORE = new RegExp(`^\\+?${NUMBER} ?[分%]?$`);
const PADDED = /^0[\d, ]/;
const SIGNS = new Map([["", 1n], ["+", 1n], ["-", -1n], ["()", -1n]]);

const LARGEST_FEN = 999_999_999_999_999n;
const LARGEST_COUNT = 999_999_999n;

/** The units a sheet can be shown in, as powers of ten of 元. */
export const EXPONENTS = { yuan: 0, wan: 4 };

/** A text with plain signs, without invisible marks, with single spaces inside. */
export function plain(text) {
  const usual = text.replace(INVISIBLE, "").replace(/[^\x00-\x7f]/g, (sign) => PLAIN.get(sign) || sign);
  return usual.replace(SPACE, " ").replace(/^ | $/g, "");
}

/** True for a text that says "nothing here": blank, a dash, 无. */
export function meansNothing(text) {
  return NOTHING.test(plain(text));
}

/**
 * An amount typed in a sheet of a unit ("yuan" or "wan"), as BigInt 分.
 * null where nothing is meant; undefined where the text cannot be read.
 */
export function readAmount(text, unit) {
  const typed = plain(text);
  if (NOTHING.test(typed)) return null;
  const found = AMOUNT.exec(typed);
  if (!found) return undefined;
  const { before, inner, number, after, unit: inside, outer } = found.groups;
  const sign = SIGNS.get(before + inner + after);
  if (sign === undefined || (inside && outer) || PADDED.test(number)) return undefined;
  const fen = scaled(number, exponent(inside || outer, unit) + 2);
  return fen === undefined || fen > LARGEST_FEN ? undefined : sign * fen;
}

/** A typed number of people or things as BigInt; null for nothing, undefined where unreadable. */
export function readCount(text) {
  const typed = plain(text);
  if (NOTHING.test(typed)) return null;
  const found = COUNT.exec(typed);
  if (!found || PADDED.test(found.groups.number)) return undefined;
  const value = scaled(found.groups.number, 0);
  if (value === undefined || value > LARGEST_COUNT) return undefined;
  return found.groups.sign === "-" && value ? undefined : value;
}

/** A typed score out of 100 as BigInt hundredths; null for nothing, undefined where unreadable. */
export function readScore(text) {
  const typed = plain(text);
  if (NOTHING.test(typed)) return null;
  const found = SCORE.exec(typed);
  if (!found || PADDED.test(found.groups.number)) return undefined;
  const value = scaled(found.groups.number, 2);
  return value === undefined || value > 10_000n ? undefined : value;
}

/** 分 as a sheet of a unit shows them, losing nothing: 1,561.10 in 元, 0.15611 in 万元. */
export function showAmount(fen, unit) {
  return fen === null ? "" : pointed(fen, EXPONENTS[unit] + 2, 2);
}

/** A count with thousands separators. */
export function showCount(value) {
  return value === null ? "" : pointed(value, 0, 0);
}

/** Hundredths as a score without idle zeros: 10, 12.5. */
export function showScore(value) {
  return value === null ? "" : pointed(value, 2, 0);
}

/** The same amount shown in another unit; a text that cannot be read stays as it is. */
export function inUnit(text, from, to) {
  const fen = from === to ? undefined : readAmount(text, from);
  return fen === undefined || fen === null ? text : showAmount(fen, to);
}

function exponent(written, unit) {
  if (!written) return EXPONENTS[unit];
  return written.startsWith("万") ? 4 : written.startsWith("亿") ? 8 : 0;
}

/** Digits with a point as a whole number of 10^-places, undefined where that is inexact. */
function scaled(number, places) {
  const [whole, fraction = ""] = number.replace(/[, ]/g, "").split(".");
  const counting = fraction.replace(/0+$/, "");
  if (counting.length > places || whole.length > 20) return undefined;
  return BigInt(whole + counting.padEnd(places, "0") || "0");
}

/** A whole number of 10^-places with its point, at least so many decimals, grouped by thousands. */
function pointed(value, places, least) {
  const digits = String(value < 0n ? -value : value).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  let fraction = digits.slice(digits.length - places);
  while (fraction.length > least && fraction.endsWith("0")) fraction = fraction.slice(0, -1);
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return (value < 0n ? "-" : "") + grouped + (fraction ? `.${fraction}` : "");
}
