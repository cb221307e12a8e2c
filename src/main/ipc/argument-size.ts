import { printNumber } from '@shared/format/print-number'
import { FleetError } from '@shared/ipc/result'
import { argumentLimits } from '@shared/limits/argument'

const tooMuch = (what: string, max: number): FleetError =>
  new FleetError({
    code: 'invalid-arguments',
    message: `The input has more than ${printNumber(max)} ${what}. Nothing was done.`,
    hint: 'Enter, paste or select less at a time.',
  })

/** Throws FleetError `invalid-arguments` for more than a window ever sends, before a schema is applied to it. */
export function checkArgumentSize(raw: unknown): void {
  let characters = 0
  let values = 0
  let level: readonly unknown[] = [raw]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > argumentLimits.depth) throw tooMuch('levels of nesting', argumentLimits.depth)
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value === 'string') characters += value.length
      else if (Array.isArray(value)) for (const item of value) next.push(item)
      else if (typeof value === 'object' && value !== null)
        for (const [key, item] of Object.entries(value)) {
          characters += key.length
          next.push(item)
        }
      if (characters > argumentLimits.characters) throw tooMuch('characters', argumentLimits.characters)
      if (++values > argumentLimits.values) throw tooMuch('values', argumentLimits.values)
    }
    level = next
  }
}
