/** Names that Windows keeps for devices, with any ending. */
const device = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\.|$)/i
/** Separators, what Windows refuses, control characters, and characters that are not seen or turn the direction of the text. */
const unwanted = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu
const lengthMax = 120

const trimmed = (text: string): string => text.replace(/^[.\s]+|[.\s]+$/gu, '')

function divide(name: string): readonly [stem: string, extension: string] {
  const dot = name.lastIndexOf('.')
  const extension = name.slice(dot)
  return dot > 0 && /^\.[A-Za-z0-9]{1,8}$/.test(extension) ? [name.slice(0, dot), extension] : [name, '']
}

/**
 * A file name that is safe in any folder of any system, made from whatever a PBX or a person named: no path, no device, nothing hidden, up to 120
 * characters. Slashes become `_`, and what is left empty becomes `fallback`.
 */
export function safeName(name: string, fallback = 'export'): string {
  const [stem, extension] = divide(trimmed(name.normalize('NFC').replace(unwanted, '_')))
  const room = lengthMax - extension.length
  const cut = trimmed([...stem].slice(0, room).join('').slice(0, room))
  const whole = `${cut === '' || /^_+$/.test(cut) ? fallback : cut}${extension}`
  return device.test(whole) ? `_${whole}` : whole
}

/** The first of `name`, `name (2)`, `name (3)` … that is not taken. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  const [stem, extension] = divide(name)
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${stem} (${n})${extension}`
    if (!isTaken(candidate)) return candidate
  }
}
