import { describe, expect, it } from 'vitest'
import { brand } from '@shared/resources/brand'
import { dealers, ownDealer } from '@shared/resources/dealer'
import type { FieldSpec } from '@shared/resources/field'
import { im } from '@shared/resources/im'
import { ipRule } from '@shared/resources/ip-rule'
import { network } from '@shared/resources/network'
import { notification } from '@shared/resources/notification'
import type { Resource } from '@shared/resources/resource'
import { sbc } from '@shared/resources/sbc'
import { systemSettings } from '@shared/resources/system-settings'
import { tenant } from '@shared/resources/tenant'
import { transport } from '@shared/resources/transport'
import { trunkAssignment } from '@shared/resources/trunk-assignment'

const resources: readonly Resource[] = [
  brand,
  dealers,
  im,
  ipRule,
  network,
  notification,
  ownDealer,
  sbc,
  systemSettings,
  tenant,
  transport,
  trunkAssignment,
]

/** Words that describe what PortSIP has a name for, or that spell it another way. */
const retired =
  /\b(told|said|holds|took|whoever|nobody|somebody|at once|at most|is needed|by itself|of its own|of their own|made anew|chosen|licences?|e-mails?|user names?|centre|colours?|ACCEPT|DENY)\b/i

interface Words {
  readonly labels: readonly string[]
  readonly sentences: readonly string[]
}

function wordsOf(field: FieldSpec): Words {
  const { label, column, group, help } = field
  const choices = field.kind === 'choice' ? field.choices.map((choice) => choice.label) : []
  const rows = field.kind === 'rows' ? field.fields.map(wordsOf) : []
  const dangers = [field.danger ?? []].flat().map(({ text }) => text)
  return {
    labels: [label, column, group, ...choices, ...rows.flatMap(({ labels }) => labels)].filter(
      (text) => text !== undefined,
    ),
    sentences: [help, ...dangers, ...rows.flatMap(({ sentences }) => sentences)].filter((text) => text !== undefined),
  }
}

describe.each(resources.map((resource) => [resource.id, resource] as const))('the words of %s', (_, resource) => {
  const words = resource.fields.map(wordsOf)

  it('are those of the PBX', () => {
    const texts = [
      resource.label,
      resource.singular,
      ...words.flatMap(({ labels, sentences }) => [...labels, ...sentences]),
    ]
    expect(texts.filter((text) => retired.test(text))).toEqual([])
  })

  it('are labels without a full stop, and sentences with one', () => {
    expect(words.flatMap(({ labels }) => labels).filter((text) => !/^\S.*[^.\s]$/u.test(text))).toEqual([])
    expect(words.flatMap(({ sentences }) => sentences).filter((text) => !/^\S.*\.$/u.test(text))).toEqual([])
  })
})
