import { limit, mebibyte, valuesOf } from './limit'

const invalid =
  'The call is refused as invalid before its handler runs; the page shows the error and keeps what was typed'

export const argumentTable = {
  input: 'Call from the window (IPC), with everything typed or pasted into it',
  limits: {
    characters: limit('Total length of all texts in a call', 32 * mebibyte, 'characters', invalid),
    values: limit('Values in a call', 2_000_000, 'values', invalid),
    depth: limit('Nesting', 64, 'levels', invalid),
    pastedCharacters: limit(
      'Text that is pasted into a list of addresses, DIDs or recipients',
      mebibyte,
      'characters',
      'Nothing is added; the field shows the length and the limit',
    ),
  },
} as const

export const argumentLimits = valuesOf(argumentTable)
