/** Characters that XML cannot hold, and an underscore that would begin an escape; both are written as _xHHHH_ (ISO/IEC 29500, ST_Xstring). */
const escaped =
  // eslint-disable-next-line no-control-regex -- those are the characters that it is about
  /[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g

/** Half of a surrogate pair is no text in any encoding, and the writer drops the replacement character: a question mark stands for both. */
const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\ufffd/g

const escape = (character: string): string =>
  `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`

/**
 * Text as a cell of XLSX may hold it; readers of the format undo it. The writer looks texts up in a plain object, so one that names a property of every
 * object (`constructor`) is written with its first letter escaped.
 */
export function toXlsxText(text: string): string {
  const safe = text.replace(lone, '?').replace(escaped, escape)
  return safe in Object.prototype ? escape(safe) + safe.slice(1) : safe
}
