import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { JournalLine } from '@shared/domain/journal'
import type { PlanStep } from '@shared/domain/plan'
import type { CertificateView } from '@shared/domain/server'
import { presentedCertificate } from '@main/portsip/tls-trust'
import { readJournal, verifyJournal } from '@main/services/journal/read-journal'
import { WriteAccess } from '@main/services/writes/approved'
import { oneServer } from '@test/fakes/servers'
import { buildProgram } from '../build-program'
import { programRecord } from '../journal/program-parts'
import { runUntilKilled } from '../journal/run-until-killed'
import { HttpHarness } from '../portsip/harness'
import { temporaryFolder } from '../storage/temporary'
import type { PlanningArgs } from './kill-points'
import { PlanServices } from './services'

export const begun = Date.UTC(2026, 10, 26, 12)
/** Later than a request can still be running. */
export const restarted = begun + 600_000
const serverId = 's'

export const kinds = ['delete', 'change', 'create'] as const
export type Kind = (typeof kinds)[number]
/** Number of steps of each kind in a plan. */
export const perKind = 4

export type Kill = Pick<PlanningArgs, 'killAt' | 'step' | 'turns'>

const rule = (cidr: string, description: string) => ({ cidr, target: 'DENY', expire_at: null, description }) as const

/** A practice PBX, and a program that applies plans to it until it is killed. */
export class KillHarness {
  private made = 0

  private constructor(
    readonly http: HttpHarness,
    private readonly pin: CertificateView,
    private readonly program: string,
    private readonly remove: () => void,
  ) {}

  static async start(): Promise<KillHarness> {
    const { program, remove } = await buildProgram(fileURLToPath(new URL('./planning-program.ts', import.meta.url)))
    const http = await HttpHarness.start({ rules: 0, recordLimit: Infinity })
    return new KillHarness(http, await presentedCertificate(http.pbx.url), program, remove)
  }

  /** A plan for new rules; the rules to delete and change are on the server. */
  steps(): readonly PlanStep[] {
    const { pbx } = this.http
    for (const { id } of pbx.rules()) pbx.removeRule(id)
    return kinds.flatMap((kind, block) =>
      Array.from({ length: perKind }, (_, at): PlanStep => {
        const cidr = `41.${Math.floor(this.made / 60_000)}.${Math.floor(this.made / 250) % 240}.${this.made++ % 250}/32`
        const about = { resource: 'ip-rules', identity: `rule ${cidr}` } as const
        const n = block * perKind + at + 1
        if (kind === 'create') {
          const write = { kind, operation: 'POST /ip_filters', before: {}, changes: rule(cidr, 'New') }
          return { kind: 'step', n, write: { ...about, ...write } }
        }
        const before = rule(cidr, 'Old')
        const { id } = pbx.addRule(before)
        const write =
          kind === 'delete'
            ? { kind, operation: 'POST /ip_filters/{id}/destroy', id, before, changes: {} }
            : { kind, operation: 'POST /ip_filters/{id}', id, before, changes: { description: 'New' } }
        return { kind: 'step', n, write: { ...about, ...write } }
      }),
    )
  }

  /** Applies the plan until the program is killed and no request is running. Returns the folder. */
  async kill(steps: readonly PlanStep[], { killAt, step, turns }: Kill): Promise<string> {
    const { pbx, token } = this.http
    const folder = temporaryFolder()
    const args: PlanningArgs = {
      folder,
      url: pbx.url,
      pin: this.pin,
      token,
      serverId,
      now: begun,
      killAt,
      step,
      turns,
      steps,
    }
    const isHeld = killAt === 'while waiting for the response'
    await runUntilKilled(this.program, args, async (child) => {
      if (!isHeld) return
      const [held] = steps.slice(step - 1)
      await new Promise((resolve) => child.once('message', resolve))
      await pbx.setFaults({ holdReplies: true, onlyPath: 'POST /ip_filters' })
      child.send('goes on')
      await expect.poll(() => held && this.requests(held)).toBe(1)
      child.kill('SIGKILL')
    })
    await pbx.setFaults({ refuseConnections: true })
    await pbx.clearFaults()
    return folder
  }

  /** The next run of the app with this folder. */
  restart(folder: string, now: () => number): PlanServices {
    const { client, pbx } = this.http
    const record = programRecord({ url: pbx.url, serverId })
    return new PlanServices({
      ...{ folder, now, servers: oneServer(client, () => record, { username: 'admin' }) },
      access: () => new WriteAccess(client),
    })
  }

  /** Settles changes, like a sign-in does. */
  settle(run: PlanServices): Promise<void> {
    return run.settlePending(serverId)
  }

  /** Number of requests of this step that reached the server. */
  requests({ write: { id, changes } }: PlanStep): number {
    return this.http.pbx.requests.filter(({ method, path, body }) => {
      if (method !== 'POST') return false
      if (id !== undefined) return path.includes(id)
      return path === '/ip_filters' && (body as { readonly cidr?: unknown }).cidr === changes['cidr']
    }).length
  }

  /** True if the effect of the step is on the server. */
  isMade({ write: { kind, before, changes } }: PlanStep): boolean {
    const cidr = changes['cidr'] ?? before['cidr']
    const rules = this.http.pbx.rules().filter((stored) => stored.cidr === cidr)
    return kind === 'delete' ? rules.length === 0 : rules.length === 1 && rules[0]?.description === 'New'
  }

  /** The journal in this folder, with an intact chain. */
  async journal(folder: string): Promise<readonly JournalLine[]> {
    const path = join(folder, 'journal')
    const lines: JournalLine[] = []
    for await (const { entry } of readJournal(path)) if (entry !== undefined) lines.push(entry)
    expect(await verifyJournal(path)).toEqual({ verified: lines.length })
    return lines
  }

  async close(): Promise<void> {
    await this.http.close()
    this.remove()
  }
}
