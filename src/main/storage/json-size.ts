import { printNumber } from '@shared/format/print-number'
import { storedLimits } from '@shared/limits/stored'

/** `problem` completes the sentence "the file …". */
export type JsonSize = { readonly values: number } | { readonly problem: string }

const over = (what: string, max: number): JsonSize => ({
  problem: `has ${what}, and the limit is ${printNumber(max)}`,
})

/**
 * Counts the values of a JSON text before it is parsed, as each of them may become an object and an error. It does not
 * validate. Lists directly in the object of the file may be long, others have up to `itemsMax` entries.
 */
export function jsonSize(text: string, itemsMax: number = storedLimits.items): JsonSize {
  const { values: valuesMax, depth: depthMax } = storedLimits
  const open: number[] = []
  let values = 1
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"':
        for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++
        break
      case '[':
      case '{':
        if (open.push(0) > depthMax) return over(`more than ${depthMax} levels of nesting`, depthMax)
        values++
        break
      case ']':
      case '}':
        open.pop()
        break
      case ',': {
        const items = (open.at(-1) ?? 0) + 1
        open[open.length - 1] = items
        if (++values > valuesMax) return over(`more than ${printNumber(valuesMax)} values`, valuesMax)
        if (items >= itemsMax && open.length !== 2)
          return over(`a list with more than ${printNumber(itemsMax)} entries`, itemsMax)
        break
      }
      default:
    }
  }
  return { values }
}
