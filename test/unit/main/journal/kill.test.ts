import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JournalLine, Outcome } from '@shared/domain/journal'
import type { PracticePbx } from '@demo/practice-pbx'
import { presentedCertificate } from '@main/portsip/tls-trust'
import { Journal } from '@main/services/journal/journal'
import { JournalView } from '@main/services/journal/journal-view'
import { readJournal, verifyJournal } from '@main/services/journal/read-journal'
import { settleEntries } from '@main/services/journal/settle-entries'
import { Random } from '@demo/random'
import { buildProgram } from '../build-program'
import { HttpHarness } from '../portsip/harness'
import { temporaryFolder } from '../storage/temporary'
import { killPoints, type KillPoint } from './kill-points'
import { runUntilKilled } from './run-until-killed'
import type { WritingArgs } from './writing-program'

const kinds = ['create', 'change', 'delete'] as const
type Kind = (typeof kinds)[number]

/**
 * Possible journal after the restart. `none`: even the entry may be missing, because it was not durable. `requests`:
 * requests that reached the server.
 */
interface Allowed {
  readonly outcomes: readonly (Outcome | 'none')[]
  readonly requests: number
}

/** The same for all three kinds, because the effect of each can be read. */
const table: Readonly<Record<KillPoint, Allowed>> = {
  'before the intent': { outcomes: ['none'], requests: 0 },
  // Data written by a killed process survive; only a power failure loses them.
  'after the intent, before its fsync': { outcomes: ['none', 'notSent'], requests: 0 },
  'after the fsync, before sending': { outcomes: ['notSent'], requests: 0 },
  'while waiting for the response': { outcomes: ['done'], requests: 1 },
  'after the response, before reading back': { outcomes: ['done'], requests: 1 },
  'after reading back, before the result': { outcomes: ['done'], requests: 1 },
  'after the result, before its fsync': { outcomes: ['done'], requests: 1 },
  'after the fsync of the result': { outcomes: ['done'], requests: 1 },
}

const begun = Date.UTC(2026, 10, 26, 12)
/** Later than a request can still be running. */
const restarted = begun + 600_000

let program = ''
let remove = (): void => undefined
let harness: HttpHarness
beforeAll(async () => {
  const built = await buildProgram(fileURLToPath(new URL('./writing-program.ts', import.meta.url)))
  ;({ program, remove } = built)
  harness = await HttpHarness.start({ rules: 0 })
})
afterAll(async () => {
  await harness.close()
  remove()
})

const posts = (pbx: PracticePbx): number =>
  pbx.requests.filter(({ method, path }) => method === 'POST' && path.startsWith('/ip_filters')).length

/** Runs the program until it is killed. */
async function runAndKill(args: WritingArgs): Promise<void> {
  const { pbx } = harness
  const isHeld = args.killAt === 'while waiting for the response'
  if (isHeld) await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
  const before = posts(pbx)
  await runUntilKilled(program, args, async (child) => {
    if (!isHeld) return
    await expect.poll(() => posts(pbx)).toBe(before + 1)
    child.kill('SIGKILL')
  })
  await pbx.clearFaults()
}

/** The journal at the next start, after the sign-in settled pending changes. */
async function afterRestart(folder: string, serverId: string, now: number): Promise<readonly JournalLine[]> {
  const journal = new Journal({ folder, now: () => now })
  const view = new JournalView(journal, folder, 'tech')
  const servers = { reader: () => harness.client }
  await settleEntries(
    { journal, servers, now: () => now, remember: () => Promise.resolve() },
    await view.pending(serverId),
  )
  await journal.close()
  const lines: JournalLine[] = []
  for await (const { entry } of readJournal(folder)) if (entry !== undefined) lines.push(entry)
  expect(await verifyJournal(folder)).toEqual({ verified: lines.length })
  return lines
}

const rule = (cidr: string, description: string) => ({ cidr, target: 'DENY', expire_at: null, description }) as const

function writeOf(kind: Kind, cidr: string): WritingArgs['write'] {
  if (kind === 'create') return { kind, values: rule(cidr, 'New') }
  const { id } = harness.pbx.addRule(rule(cidr, 'Old'))
  if (kind === 'delete') return { kind, id }
  return { kind, id, before: rule(cidr, 'Old'), changes: { description: 'New' } }
}

/** True if the change is on the server. */
function isMade(kind: Kind, cidr: string): boolean {
  const stored = harness.pbx.rules().find((candidate) => candidate.cidr === cidr)
  return kind === 'delete' ? stored === undefined : stored?.description === 'New'
}

let tried = 0

async function tryOnce(killAt: KillPoint, kind: Kind): Promise<void> {
  const { pbx, token } = harness
  const [folder, serverId] = [join(temporaryFolder(), 'journal'), 's']
  const at = ++tried
  const cidr = `41.202.${Math.floor(at / 250)}.${at % 250}/32`
  const write = writeOf(kind, cidr)
  const before = posts(pbx)
  const pin = await presentedCertificate(pbx.url)
  await runAndKill({ folder, url: pbx.url, pin, token, serverId, now: begun, killAt, write })
  const lines = await afterRestart(folder, serverId, restarted)

  const about = `${kind}, killed ${killAt}`
  const { outcomes, requests } = table[killAt]
  const intents = lines.filter((line) => line.kind === 'intent')
  const results = lines.filter((line) => line.kind === 'result')
  expect(intents.length, about).toBeLessThanOrEqual(1)
  expect(
    results.map(({ of }) => of),
    about,
  ).toEqual(intents.map(({ seq }) => seq))
  expect(outcomes, about).toContain(results[0]?.outcome ?? 'none')
  expect(posts(pbx) - before, about).toBe(requests)
  // The journal matches the server.
  expect(results[0]?.outcome === 'done', about).toBe(isMade(kind, cidr))
}

it.each(killPoints.flatMap((point) => kinds.map((kind) => [point, kind] as const)))(
  'killed %s: a %s is in the journal once, as it is on the server, and was not sent twice',
  tryOnce,
  60_000,
)

/** `npm run kill` tries many more. */
const randomKills = Number(process.env['KILLS'] ?? 2)

it(`${randomKills} random kills`, { timeout: 60_000 + randomKills * 5_000 }, async () => {
  const seed = Number(process.env['KILL_SEED'] ?? Date.now())
  const random = new Random(seed)
  for (let kill = 0; kill < randomKills; kill++)
    await tryOnce(random.pick(killPoints), random.pick(kinds)).catch((error: unknown) => {
      throw new Error(`KILL_SEED=${seed}, kill ${kill}`, { cause: error })
    })
})

it('a request that may still be running leaves its change unknown until it cannot be running any more', async () => {
  const { pbx, token } = harness
  const folder = join(temporaryFolder(), 'journal')
  const write = writeOf('create', '41.203.1.1/32')
  const pin = await presentedCertificate(pbx.url)
  const killAt = 'after the fsync, before sending'
  await runAndKill({ folder, url: pbx.url, pin, token, serverId: 's', now: begun, killAt, write })
  const lines = await afterRestart(folder, 's', begun + 5_000)
  expect(lines.at(-1)).toMatchObject({ kind: 'result', outcome: 'unknown', settledLater: true })
})
