import { cidrOf } from '@shared/domain/cidr'
import { printNumber } from '@shared/format/print-number'
import type { Guard, GuardKind } from '@shared/domain/write'
import { ruleOf } from '@shared/domain/ip-rule'
import { ipRule } from '@shared/resources/ip-rule'
import type { ApiRecord, FormValues } from '@shared/resources/nested'
import { serverInfo } from '../../portsip/info'
import { findRecords } from '../../portsip/records'
import { protectedAddresses, type AddressSources } from '../ip-rules/addresses'
import { editGuards, isActive, removalGuards } from '../ip-rules/guards'
import { listTarget } from './list-target'
import { enclosingRanges, RangeIndex } from './range-index'
import type { ListTarget, NewRecord, RowNote } from './target'

const named = 5
const noPrecedence = 'PortSIP does not document which rule takes precedence.'
const described = listTarget(ipRule, undefined)
const isAllowing = ({ target }: FormValues): boolean => target === 'ACCEPT'
const isBlocking = ({ target }: FormValues): boolean => target === 'DENY'
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const rangeText = (value: unknown): string => cidrOf(textOf(value))?.text ?? textOf(value)

const counts = ({ values }: NewRecord, now: number): boolean =>
  isActive({ expire_at: textOf(values['expire_at']) }, now)

interface HarmCheck {
  readonly kind: GuardKind
  readonly index: RangeIndex
  /** The note of a row, with the ranges that it overlaps. */
  readonly mark: (found: readonly string[]) => string
  readonly message: (rows: string, addresses: string) => string
}

function harmChecks(
  own: readonly string[],
  pbx: readonly string[],
  accepted: readonly string[],
  allowed: (found: readonly string[]) => string,
): readonly HarmCheck[] {
  return [
    {
      kind: 'own-address',
      index: new RangeIndex(own),
      mark: () => 'contains this computer’s own address',
      message: (rows, addresses) =>
        `${rows} would block this computer’s own address (${addresses}): you would lose access to the PBX.`,
    },
    {
      kind: 'pbx-address',
      index: new RangeIndex(pbx),
      mark: () => 'contains an address of the PBX itself',
      message: (rows, addresses) =>
        `${rows} would block an address of the PBX itself (${addresses}): its own services could not reach each other.`,
    },
    {
      kind: 'accepted-address',
      index: new RangeIndex(accepted),
      mark: (found) => `overlaps the allow rule ${allowed(found)}`,
      message: (rows, addresses) => `${rows} would block what an allow rule protects (${addresses}). ${noPrecedence}`,
    },
  ]
}

/** The rows of a file by their lines, others by their ranges. */
const rowsText = (rows: readonly NewRecord[]): string => {
  const more = rows.length > named ? ` and ${printNumber(rows.length - named)} more` : ''
  const names = rows.slice(0, named).map(({ line, values }) => line ?? rangeText(values['cidr']))
  const what = rows.some(({ line }) => line === undefined) ? '' : rows.length === 1 ? 'Row ' : 'Rows '
  return `${what}${names.join(', ')}${more}`
}

/** A single address without its prefix length. */
const withoutFullPrefix = (range: string): string => range.replace(/\/(?:32|128)$/, '')

/** Names the first of several allowed ranges, with the row of the file that allows it. */
function allowedIn(accepting: readonly NewRecord[]): (found: readonly string[]) => string {
  const lines = new Map(accepting.map(({ line, values }) => [rangeText(values['cidr']), line]))
  return ([range = '', ...others]) => {
    const line = lines.get(range)
    const of = line === undefined ? '' : ` of row ${printNumber(line)}`
    return `${withoutFullPrefix(range)}${of}${others.length > 0 ? ' and others' : ''}`
  }
}

/** A warning that these rules apply to addresses that are to be allowed; none without rules. */
export function blockedWarnings(blocking: readonly ApiRecord[]): readonly string[] {
  if (blocking.length === 0) return []
  const more = blocking.length > named ? ` and ${printNumber(blocking.length - named)} more` : ''
  const names = blocking.slice(0, named).map(({ cidr }) => textOf(cidr))
  return [`Block rules apply to these addresses (${names.join(', ')}${more}). ${noPrecedence}`]
}

/** Rows that allow what rules on the server block. */
function blockedNow(
  accepting: readonly NewRecord[],
  blocking: readonly ApiRecord[],
): { readonly warnings: readonly string[]; readonly marks: Map<number, string> } {
  const marks = new Map<number, string>()
  const index = new RangeIndex(blocking.map(({ cidr }) => textOf(cidr)))
  for (const { at, values } of accepting) {
    const range = cidrOf(textOf(values['cidr']))
    const [found, another] = range === undefined ? [] : index.overlapping(range, 2)
    if (found === undefined) continue
    const others = another === undefined ? '' : ' and others'
    marks.set(at, `It overlaps ${withoutFullPrefix(found)}${others}, which a rule on the server blocks`)
  }
  const allowed = new RangeIndex(accepting.map(({ values }) => textOf(values['cidr'])))
  return { warnings: blockedWarnings(blocking.filter(({ cidr }) => allowed.meets(textOf(cidr)))), marks }
}

/** Rows whose range is within that of another row. */
export function ruleNotes(rows: readonly NewRecord[]): ReadonlyMap<number, RowNote> {
  const notes = new Map<number, RowNote>()
  for (const [inner, outer] of enclosingRanges(rows.map(({ values }) => cidrOf(textOf(values['cidr']))))) {
    const [row, around] = [rows[inner], rows[outer]]
    if (row === undefined || around === undefined) continue
    const outerRange = rangeText(around.values['cidr'])
    const line = printNumber(around.line ?? 0)
    const place =
      outerRange === rangeText(row.values['cidr'])
        ? `The same range as row ${line}`
        : `Within ${outerRange} of row ${line}`
    const isWarning = row.values['target'] !== around.values['target']
    const action = isAllowing(around.values) ? 'allows' : 'blocks'
    const text = isWarning
      ? `${place}, which ${action} it. ${noPrecedence.slice(0, -1)}`
      : `${place}, which has the same action`
    notes.set(row.at, { text, isWarning })
  }
  return notes
}

/** IP rules: one is the same as another where range and action are the same. */
export function ruleTarget(sources: AddressSources, seenAs: () => string | undefined = () => undefined): ListTarget {
  /** All that allow, and those that block what the rows allow. */
  const keeps: ListTarget['keeps'] = (rows) => {
    const allowed = rows.map(({ values }) => values).filter(isAllowing)
    if (allowed.length === 0) return isAllowing
    const index = new RangeIndex(allowed.map(({ cidr }) => textOf(cidr)))
    return (rule) => isAllowing(rule) || (isBlocking(rule) && index.meets(textOf(rule['cidr'])))
  }
  const harm: ListTarget['harm'] = async ({ client, server, now }, rows, kept) => {
    const denying = rows.filter((row) => isBlocking(row.values) && counts(row, now))
    const accepting = rows.filter((row) => isAllowing(row.values) && counts(row, now))
    const active = kept.filter((rule) => isActive({ expire_at: textOf(rule['expire_at']) }, now))
    const { warnings, marks } = blockedNow(accepting, active.filter(isBlocking))
    if (denying.length === 0) return { guards: [], warnings, marks }
    const { own, pbx } = await protectedAddresses(server, client, sources, seenAs())
    const accepted = [
      ...active.filter(isAllowing).map((rule) => rule['cidr']),
      ...accepting.map(({ values }) => values['cidr']),
    ].map(textOf)
    const checks = harmChecks(own, pbx, accepted, allowedIn(accepting))
    const guards = checks.flatMap(({ kind, index, mark, message }): readonly Guard[] => {
      const [hit, addresses] = [new Array<NewRecord>(), new Set<string>()]
      for (const row of denying) {
        const { at, values } = row
        const range = cidrOf(textOf(values['cidr']))
        // One more than is named says that there are others.
        const found = range === undefined ? [] : index.overlapping(range, named + 1)
        if (found.length === 0) continue
        hit.push(row)
        for (const each of found) if (addresses.size <= named) addresses.add(each)
        marks.set(at, `${marks.has(at) ? `${marks.get(at)}; it ` : 'It '}${mark(found)}`)
      }
      if (hit.length === 0) return []
      const bare = [...addresses].slice(0, named).map(withoutFullPrefix)
      const others = addresses.size > named ? ' and others' : ''
      return [{ kind, message: message(rowsText(hit), `${bare.join(', ')}${others}`), addresses: bare }]
    })
    return { guards, warnings, marks }
  }
  return {
    ...described,
    // A rule that is made without an end or a description has none, so a blank counts in comparing.
    compared: () => described.fields,
    keeps,
    rowNotes: ruleNotes,
    readAhead: (client, rows) => {
      if (!rows.some(({ values }) => values['target'] === 'DENY')) return
      // An error is reported where the reply is used.
      serverInfo(client).catch(() => undefined)
    },
    harm,
    async changeHarm(context, changed) {
      const { client, now, signal } = context
      const next = changed
        .filter(({ changes }) => (ipRule.checkedLive ?? []).some((key) => Object.hasOwn(changes, key)))
        .map((each, at) => ({ ...each, at, values: { ...each.current, ...each.changes } }))
      const lost = next.flatMap(({ current, values }) => editGuards(ruleOf(current), ruleOf(values), now))
      const active = next.filter(({ values }) => counts({ at: 0, values }, now)).map(({ values }) => values)
      const isKept = keeps(next)
      const withTarget = (target: 'ACCEPT' | 'DENY') =>
        findRecords(
          client,
          ipRule,
          { filter: [{ key: 'target', operator: 'eq', value: target }] },
          (rule) => rule['target'] === target && isKept(rule),
          signal,
        )
      const opposed = [
        ...(active.some(isBlocking) ? await withTarget('ACCEPT') : []),
        ...(active.some(isAllowing) ? await withTarget('DENY') : []),
      ]
      const ids = new Set(changed.map(({ id }) => id))
      const kept = opposed.filter(({ id }) => !ids.has(id))
      const { guards, warnings } = await harm(context, next, kept)
      return { guards: [...inOne(lost), ...guards], warnings }
    },
    deleteHarm: ({ now }, deleted) => Promise.resolve(removalGuards([...deleted.values()].map(ruleOf), now)),
  }
}

/** Guards of one kind about several rules, as one. */
function inOne(guards: readonly Guard[]): readonly Guard[] {
  const [first] = guards
  if (first === undefined || guards.length === 1) return guards
  const addresses = guards.flatMap((guard) => guard.addresses)
  const more = addresses.length > named ? ` and ${printNumber(addresses.length - named)} more` : ''
  return [
    {
      ...first,
      message: `${printNumber(guards.length)} allow rules lose protection (${addresses.slice(0, named).join(', ')}${more}). An SBC, IM or cluster server that no allow rule covers is rate-limited by the PBX and may stop working.`,
      addresses,
    },
  ]
}
