import { printNumber } from '@shared/format/print-number'
import { generateKeyPairSync } from 'node:crypto'
import type { FieldSpec } from '@shared/resources/field'
import { numberText } from '@shared/resources/value-text'
import { plantedPassword } from '../secrets'

/** Made anew for each run: a key that stands in a file would be one that somebody uses. */
const keyPem = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()
  .trim()

/** Has the shape of a certificate and is none. */
const certificatePem = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\n-----END CERTIFICATE-----'

function otherNumber({ min = 0, max = Infinity, default: standard }: Extract<FieldSpec, { kind: 'number' }>): number {
  const from = typeof standard === 'number' ? standard : min
  return from + 1 <= max ? from + 1 : from - 1
}

const otherItems = {
  text: ['Changed One', 'Changed Two, with a comma'],
  'e-mail': ['changed@example.com'],
  did: ['4000-4010'],
}

/** A value that the field takes and that is not the one it holds. */
export function otherValue(field: FieldSpec, held: unknown): unknown {
  switch (field.kind) {
    case 'switch':
      return held !== true
    case 'number': {
      const other = otherNumber(field)
      return other === held ? other - 1 : other
    }
    case 'share':
      return held === 0.425 ? 0.5 : 0.425
    case 'choice':
      return field.choices.find(({ value }) => value !== held)?.value
    case 'list':
      return otherItems[field.of].join(field.separator)
    case 'pem':
      return field.of === 'certificate' ? certificatePem : keyPem
    case 'json':
      return '{"changed":[1,2]}'
    case 'secret':
      return plantedPassword
    case 'address':
      return field.family === 4 ? '203.0.113.77' : '2001:db8:77::7'
    case 'text':
      return field.expected?.includes('email') ? 'changed@example.com' : `changed.${field.key}.example`
    default:
      throw new Error(`There is no other value for ${field.key} yet`)
  }
}

interface Beyond {
  readonly value: unknown
  readonly message: string | RegExp
}

/** Values beyond each limit of the field, with what is to be said of them. */
export function beyondLimits(field: FieldSpec): readonly Beyond[] {
  const needed: readonly Beyond[] =
    field.required === true || field.neverBlank === true ? [{ value: null, message: `${field.label} is required` }] : []
  switch (field.kind) {
    case 'number':
      return [
        ...needed,
        ...(field.min === undefined
          ? []
          : [
              {
                value: field.min - 1,
                message: `Minimum ${numberText({ ...(field.of && { of: field.of }) }, field.min)}`,
              },
            ]),
        ...(field.max === undefined
          ? []
          : [
              {
                value: field.max + 1,
                message: `Maximum ${numberText({ ...(field.of && { of: field.of }) }, field.max)}`,
              },
            ]),
      ]
    case 'share':
      return [...needed, ...[1.01, -0.01].map((value) => ({ value, message: 'Must be from 0% to 100%' }))]
    case 'text':
      return [
        ...needed,
        ...(field.maxLength === undefined
          ? []
          : [
              {
                value: 'x'.repeat(field.maxLength + 1),
                message: `Maximum ${printNumber(field.maxLength)} characters (${printNumber(field.maxLength + 1)} entered)`,
              },
            ]),
        ...(field.expected === undefined ? [] : [{ value: 'what is this', message: field.expected }]),
      ]
    case 'list': {
      const items = Array.from({ length: (field.max ?? 0) + 1 }, (_, index) => `person${index}@example.com`)
      return [
        ...(field.max === undefined
          ? []
          : [
              {
                value: items.join(field.separator),
                message: `Maximum ${printNumber(field.max)} entries (${printNumber(field.max + 1)} entered)`,
              },
            ]),
        ...(field.of === 'e-mail' ? [{ value: 'nobody', message: 'nobody is not an email address' }] : []),
      ]
    }
    case 'pem':
      return [{ value: 'no pem', message: /^PEM text is expected/ }]
    case 'json':
      return [{ value: '{"a":', message: /^Not valid JSON/ }]
    case 'address':
      return [{ value: '300.1.1.1', message: `An IPv${field.family} address is expected` }]
    default:
      return []
  }
}
