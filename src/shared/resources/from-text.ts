import type { FieldSpec } from './field'

const fromJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** The value that stands as text in a file, by the field's kind; what does not fit the kind stays text. */
export function valueOfText({ kind }: FieldSpec, text: string): unknown {
  if (text === '') return null
  switch (kind) {
    case 'switch':
      return text === 'true' ? true : text === 'false' ? false : text
    case 'number':
    case 'share':
      return Number.isFinite(Number(text)) ? Number(text) : text
    case 'week':
    case 'rows':
      return fromJson(text)
    default:
      return text
  }
}
