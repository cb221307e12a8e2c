import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { PracticeFaults } from '@shared/domain/practice'
import type { RuleRequest } from '@shared/domain/rollout'
import { presentedCertificate } from '@main/portsip/tls-trust'
import { WriteAccess } from '@main/services/writes/approved'
import { buildProgram } from '../build-program'
import type { ProgramServer } from '../journal/program-parts'
import { runUntilKilled } from '../journal/run-until-killed'
import { HttpHarness } from '../portsip/harness'
import { temporaryFolder } from '../storage/temporary'
import type { RollingArgs, UploadRequest } from './kill-points'
import { programServers } from './program-servers'
import { RolloutServices } from './services'

export const begun = Date.UTC(2026, 10, 26, 12)
/** Later than a request can still be running. */
export const restarted = begun + 600_000
const pathOf = (request: RuleRequest | UploadRequest): string => ('key' in request ? '/key' : '/ip_filters')

export type Kill = Pick<RollingArgs, 'killAt' | 'place' | 'turns'>

/** Practice servers, and a program that applies rollouts to them until it is killed. */
export class RolloutKillHarness {
  private made = 0

  private constructor(
    readonly https: readonly HttpHarness[],
    private readonly given: readonly ProgramServer[],
    private readonly program: string,
    private readonly remove: () => void,
  ) {}

  static async start(count: number): Promise<RolloutKillHarness> {
    const { program, remove } = await buildProgram(fileURLToPath(new URL('./rolling-program.ts', import.meta.url)))
    const https: HttpHarness[] = []
    const given: ProgramServer[] = []
    for (let place = 0; place < count; place++) {
      const http = await HttpHarness.start({ rules: 0, recordLimit: Infinity })
      const { url } = http.pbx
      https.push(http)
      given.push({ url, pin: await presentedCertificate(url), token: http.token, serverId: `server-${place}` })
    }
    return new RolloutKillHarness(https, given, program, remove)
  }

  /** A range that no server has. */
  request(): RuleRequest {
    const range = `41.${Math.floor(this.made / 250)}.${this.made++ % 250}.0/24`
    return { action: 'DENY', ranges: [range], expiresAt: null, description: 'INC-4711' }
  }

  /** Applies the rollout until the program is killed and no request is running. Returns the folder. */
  async kill(
    request: RuleRequest | UploadRequest,
    { killAt, place, turns }: Kill,
    faults: ReadonlyMap<number, Partial<PracticeFaults>> = new Map(),
  ): Promise<string> {
    const folder = temporaryFolder()
    const onlyPath = `POST ${pathOf(request)}`
    const args: RollingArgs = { folder, now: begun, servers: this.given, request, killAt, place, turns }
    for (const [at, fault] of faults) await this.pbx(at).setFaults({ ...fault, onlyPath })
    await runUntilKilled(this.program, args, async (child) => {
      if (killAt !== 'while waiting for the response') return
      await new Promise((resolve) => child.once('message', resolve))
      await this.pbx(place).setFaults({ holdReplies: true, onlyPath })
      child.send('goes on')
      await expect.poll(() => this.requests(place, request)).toBe(1)
      child.kill('SIGKILL')
    })
    for (const { pbx } of this.https) {
      await pbx.setFaults({ refuseConnections: true })
      await pbx.clearFaults()
    }
    return folder
  }

  /** The next run of the app with this folder. */
  restart(folder: string): RolloutServices {
    const { servers, ids, client } = programServers(this.given)
    return new RolloutServices({
      ...{ folder, servers, now: () => restarted, serverIds: () => ids },
      access: (id) => new WriteAccess(client(id)),
    })
  }

  /** Settles changes of all servers, like a sign-in does. */
  async settle(run: RolloutServices): Promise<void> {
    for (const { serverId } of this.given) await run.settlePending(serverId)
  }

  get places(): readonly number[] {
    return [...this.https.keys()]
  }

  pbx(place: number): HttpHarness['pbx'] {
    const http = this.https[place]
    if (http === undefined) throw new Error(`There is no server ${place}`)
    return http.pbx
  }

  /** Number of requests for the range or the certificate that reached this server. */
  requests(place: number, request: RuleRequest | UploadRequest): number {
    const isIt = (body: unknown): boolean =>
      'key' in request
        ? (body as { readonly key?: string }).key?.trim() === request.key.trim()
        : (body as { readonly cidr?: unknown }).cidr === request.ranges[0]
    return this.pbx(place).requests.filter(
      ({ method, path, body }) => method === 'POST' && path === pathOf(request) && isIt(body),
    ).length
  }

  /** Number of rules for the range on this server. */
  rules(place: number, { ranges: [range] }: RuleRequest): number {
    return this.pbx(place)
      .rules()
      .filter(({ cidr }) => cidr === range).length
  }

  async close(): Promise<void> {
    for (const http of this.https) await http.close()
    this.remove()
  }
}
