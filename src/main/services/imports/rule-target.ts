import type { Guard, GuardKind } from '@shared/domain/write'
import { ipRule } from '@shared/resources/ip-rule'
import { protectedAddresses, type AddressSources } from '../ip-rules/addresses'
import { cidrOf, isActive } from '../ip-rules/guards'
import { listTarget } from './list-target'
import { RangeIndex } from './range-index'
import type { ImportTarget, RowAhead } from './target'

const named = 5
const described = listTarget(ipRule, undefined)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const rangeText = (value: unknown): string => cidrOf(textOf(value))?.text ?? textOf(value)

const counts = ({ values }: RowAhead, now: number): boolean => isActive({ expire_at: textOf(values['expire_at']) }, now)

interface Look {
  readonly kind: GuardKind
  readonly index: RangeIndex
  readonly mark: string
  readonly message: (rows: string, addresses: string) => string
}

function looks(own: readonly string[], pbx: readonly string[], accepted: readonly string[]): readonly Look[] {
  return [
    {
      kind: 'own-address',
      index: new RangeIndex(own),
      mark: 'contains this computer’s own address',
      message: (rows, addresses) =>
        `${rows} would deny this computer’s own address (${addresses}): it could not reach the PBX any more.`,
    },
    {
      kind: 'pbx-address',
      index: new RangeIndex(pbx),
      mark: 'contains an address of the PBX itself',
      message: (rows, addresses) =>
        `${rows} would deny an address of the PBX itself (${addresses}): its own parts could not reach each other.`,
    },
    {
      kind: 'accepted-address',
      index: new RangeIndex(accepted),
      mark: 'overlaps what an ACCEPT rule protects',
      message: (rows, addresses) =>
        `${rows} would deny what an ACCEPT rule protects (${addresses}). Which of the two wins is not documented.`,
    },
  ]
}

const rowsText = (lines: readonly number[]): string => {
  if (lines.length === 1) return `Row ${lines[0]}`
  const more = lines.length > named ? ` and ${(lines.length - named).toLocaleString('en')} more` : ''
  return `Rows ${lines.slice(0, named).join(', ')}${more}`
}

/** IP rules: one is the same as another where range and action are the same. */
export const ruleTarget = (
  sources: AddressSources,
  seenAs: () => string | undefined = () => undefined,
): ImportTarget => ({
  ...described,
  identities: (values) => [`${rangeText(values['cidr'])} ${textOf(values['target'])}`],
  // A rule that is made without an end or a description has none, so a blank counts in comparing.
  compared: () => described.fields,
  keeps: ({ target }) => target === 'ACCEPT',
  async harm({ client, server, now }, rows, kept) {
    const denying = rows.filter((row) => row.values['target'] === 'DENY' && counts(row, now))
    if (denying.length === 0) return { guards: [], warnings: [], marks: new Map() }
    const { own, pbx } = await protectedAddresses(server, client, sources, seenAs())
    const accepting = rows.filter((row) => row.values['target'] === 'ACCEPT' && counts(row, now))
    const accepted = [
      ...kept.filter((rule) => isActive({ expire_at: textOf(rule['expire_at']) }, now)).map((rule) => rule['cidr']),
      ...accepting.map(({ values }) => values['cidr']),
    ].map(textOf)
    const marks = new Map<number, string>()
    const guards = looks(own, pbx, accepted).flatMap(({ kind, index, mark, message }): readonly Guard[] => {
      const [lines, addresses] = [new Array<number>(), new Set<string>()]
      for (const { at, line, values } of denying) {
        const range = cidrOf(textOf(values['cidr']))
        const found = range === undefined ? [] : index.overlapping(range, named)
        if (found.length === 0) continue
        lines.push(line)
        for (const each of found) if (addresses.size < named) addresses.add(each)
        marks.set(at, `${marks.has(at) ? `${marks.get(at)}; it ` : 'It '}${mark}`)
      }
      if (lines.length === 0) return []
      const bare = [...addresses].map((each) => each.replace(/\/(?:32|128)$/, ''))
      return [{ kind, message: message(rowsText(lines), bare.join(', ')), addresses: bare }]
    })
    return { guards, warnings: [], marks }
  },
})
