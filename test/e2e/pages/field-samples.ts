import { generateKeyPairSync } from 'node:crypto'
import type { FieldSpec } from '@shared/resources/field'
import { plantedPassword } from '../secrets'

/** Generated for each run: a key in a file would end up in use. */
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
  email: ['changed@example.com'],
  did: ['4000-4010'],
}

/** A valid value of the field other than the current one. */
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
