import type { Outcome } from '@shared/domain/journal'
import type { PlanPreview, PlanRow } from '@shared/domain/plan'
import type { RolloutGroup } from '@shared/domain/rollout'
import type { ServerRecord } from '@shared/domain/server'
import type { Guard } from '@shared/domain/write'
import { countText } from '@shared/format/count-text'
import { printNumber } from '@shared/format/print-number'
import { nounsOf } from './nouns'

/** A selected server as previewed. */
export interface PreviewedTarget {
  readonly server: Pick<ServerRecord, 'id' | 'name' | 'folder' | 'protection'>
  /** Its plan; none if nothing could be compared. */
  readonly preview?: PlanPreview
  /** The steps of the plan. */
  readonly rows: readonly PlanRow[]
  readonly listSize?: number | undefined
  /** The difference, if servers whose values differ can have the same one. */
  readonly difference?: string | undefined
  /** What the change is about, after its label. */
  readonly about?: string | undefined
  /** Why nothing is sent. */
  readonly settled?: { readonly outcome: Outcome; readonly reason: string }
}

const detailsMax = 20
const namesMax = 5

const verbs = [
  ['create', 'Create'],
  ['change', 'Change'],
  ['delete', 'Delete'],
] as const

const restWords = [
  ['alreadyInPlace', 'already in place'],
  ['conflict', 'in conflict'],
  ['refused', 'refused'],
  ['notSent', 'not sent'],
] as const

/** `Create 2 rules, 1 already in place`. */
function labelOf({ rows, preview, settled, difference, about }: PreviewedTarget): string {
  const { count: countOf } = nounsOf(preview?.resources ?? [])
  const waiting = rows.filter(({ outcome }) => outcome === 'waiting')
  const sent = verbs.map(([action, verb]) => ({ verb, count: waiting.filter((row) => row.action === action).length }))
  const rest = restWords.map(([outcome, words]) => ({
    words,
    count: rows.filter((row) => row.outcome === outcome).length,
  }))
  const texts = [
    ...sent.filter(({ count }) => count > 0).map(({ verb, count }) => `${verb} ${countOf(count)}`),
    ...rest.filter(({ count }) => count > 0).map(({ words, count }) => `${printNumber(count)} ${words}`),
  ]
  // One step is the whole difference of its server.
  const text = texts.join(', ').replace(rows.length === 1 ? /^1 / : '', '')
  const whole = about === undefined || settled !== undefined ? text : `${text} ${about}`
  const label = `${whole.charAt(0).toUpperCase()}${whole.slice(1)}`
  return settled === undefined && difference !== undefined ? `${label}. ${difference}` : label
}

function detailsOf(row: PlanRow, preview: PlanPreview | undefined, common: string | undefined): readonly string[] {
  const { outcome, before, after } = row
  const [resource] = preview?.resources ?? []
  if (outcome !== 'waiting' || resource !== 'certificate') return [detailOf(row)]
  // Its values are too long for one line.
  return [`Current: ${before || 'none'}`, ...(common === undefined ? [`New: ${after}`] : [])]
}

/** What each server gets, if its text is too long to be in every group: the new certificate. */
export function commonOf(targets: readonly PreviewedTarget[]): string | undefined {
  const rows = targets
    .filter(({ preview }) => preview?.resources[0] === 'certificate')
    .flatMap((target) => target.rows.filter(({ outcome }) => outcome === 'waiting'))
  const [first] = rows
  return first && rows.every(({ after }) => after === first.after) ? `New certificate: ${first.after}` : undefined
}

function detailOf({ row, object, action, before, after, message, outcome }: PlanRow): string {
  const name = row === null ? object : `Row ${row}, ${object}`
  if (outcome !== 'waiting') return [name, message].filter(Boolean).join(': ')
  // The values name the record.
  return action === 'change' ? `${object}: ${before || 'not set'} → ${after}` : action === 'create' ? after : before
}

/** What servers must have in common to be one group. */
const keyOf = ({ preview, rows, settled, difference }: PreviewedTarget, label: string): string =>
  settled !== undefined || difference !== undefined
    ? `${preview === undefined} ${label}`
    : JSON.stringify(rows.map(({ object, action, outcome, before, after }) => [object, action, outcome, before, after]))

interface FoundGroup extends RolloutGroup {
  /** Also of those that are left out. */
  readonly detailsCount: number
}

/** Servers with the same difference together, the most first; those to which nothing is sent come last. */
export function groupTargets(targets: readonly PreviewedTarget[], common = commonOf(targets)): readonly RolloutGroup[] {
  const groups = new Map<string, FoundGroup>()
  for (const target of targets) {
    const { server, preview, rows, settled, difference } = target
    const kind = preview === undefined ? 'excluded' : settled === undefined ? 'apply' : 'nothing'
    const isOwn = kind === 'nothing' || difference !== undefined
    const label = preview === undefined ? (settled?.reason ?? '') : labelOf(target)
    const key = keyOf(target, label)
    const found = groups.get(key)
    const texts = rows.flatMap((row) => detailsOf(row, preview, common))
    // Why nothing is sent, and the value after the same difference, is another one on each server.
    const details = isOwn ? texts.map((text) => `${server.name}: ${text}`) : texts
    const added = found === undefined || isOwn ? details : []
    groups.set(key, {
      ...{ kind, label, servers: [...(found?.servers ?? []), server.name] },
      details: [...(found?.details ?? []), ...added].slice(0, detailsMax),
      detailsCount: (found?.detailsCount ?? 0) + added.length,
    })
  }
  const order: readonly RolloutGroup['kind'][] = ['apply', 'nothing', 'excluded']
  return [...groups.values()]
    .map(({ detailsCount, ...group }): RolloutGroup => {
      const more = detailsCount - group.details.length
      return more > 0 ? { ...group, details: [...group.details, `and ${printNumber(more)} more`] } : group
    })
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || b.servers.length - a.servers.length)
}

/** The names of some servers, or of the first ones and the number of the others. */
export const serversText = (names: readonly string[]): string =>
  names.length <= namesMax
    ? names.join(', ')
    : `${names.slice(0, namesMax).join(', ')} and ${countText(names.length - namesMax, 'other server')}`

/** The guards of all servers; what is found on several of them is one guard that names them. */
export function guardsOf(
  targets: readonly { readonly server: { readonly name: string }; readonly guards: readonly Guard[] }[],
): readonly Guard[] {
  const found = new Map<string, { readonly guard: Guard; readonly names: string[] }>()
  for (const { server, guards } of targets)
    for (const guard of guards) {
      const key = `${guard.kind} ${guard.message}`
      const known = found.get(key) ?? { guard, names: [] }
      known.names.push(server.name)
      found.set(key, known)
    }
  return [...found.values()].map(({ guard, names }) => ({
    ...guard,
    message: `${serversText(names)}: ${guard.message}`,
  }))
}

/** The warnings of all servers with their names. */
export function warningsOf(targets: readonly PreviewedTarget[]): readonly string[] {
  const found = new Map<string, string[]>()
  for (const { server, preview } of targets)
    for (const warning of preview?.warnings ?? []) found.set(warning, [...(found.get(warning) ?? []), server.name])
  return [...found].map(([warning, names]) => `${serversText(names)}: ${warning}`)
}

/** One sentence: what is sent, to how many servers of how many folders, and how many are left out. */
export function impactOf(targets: readonly PreviewedTarget[]): string {
  const sent = targets.filter(({ preview, settled }) => preview !== undefined && settled === undefined)
  const steps = sent.flatMap(({ rows }) => rows.filter(({ outcome }) => outcome === 'waiting'))
  const folders = new Set(sent.map(({ server }) => server.folder))
  const deletes = steps.filter(({ action }) => action === 'delete').length
  const { count: countOf } = nounsOf([...new Set(sent.flatMap(({ preview }) => preview?.resources ?? []))])
  const parts = [
    `${countText(steps.length, 'step')} on ${countText(sent.length, 'server')}`,
    // Servers without a folder would be counted with those of the folders.
    ...(folders.has('') ? [] : [`in ${countText(folders.size, 'folder')}`]),
  ]
  const rest = targets.length - sent.length
  const sentences = [
    `${parts.join(' ')}.`,
    ...(deletes > 0 ? [`${countOf(deletes)} will be deleted.`] : []),
    ...(rest > 0 ? [`Nothing is sent to ${countText(rest, 'server')}.`] : []),
  ]
  return sentences.join(' ')
}
