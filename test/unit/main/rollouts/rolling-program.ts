import { randomUUID, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RolloutStateLine } from '@shared/domain/rollout'
import type { PbxCommand } from '@main/portsip/pbx-client'
import { PlanStore } from '@main/services/plans/plan-store'
import { RolloutStore } from '@main/services/rollouts/rollout-store'
import { WriteAccess } from '@main/services/writes/approved'
import { die } from '../journal/program-parts'
import type { RollingArgs, RolloutKillPoint } from './kill-points'
import { programServers } from './program-servers'
import { RolloutServices } from './services'

/** Applies a rollout with a canary, and is killed at a defined point of one server. */
const { folder, now, servers: given, request, killAt, place, turns } = JSON.parse(process.argv[2] ?? '') as RollingArgs

const dieAt = (point: RolloutKillPoint): void => {
  if (point === killAt) die()
}
const { servers, ids, client } = programServers(given)
const victim = ids[place]

async function beforeSending(id: string): Promise<void> {
  if (id !== victim) return
  dieAt('after the fsync, before sending')
  if (killAt !== 'while waiting for the response') return
  const held = once(process, 'message')
  process.send?.('sends')
  await held
}
const afterResponse = (id: string): void => {
  if (id === victim) dieAt('after the response')
}

/** Ends the program some turns after something began to be stored. */
async function turned(): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await nextTurn()
}

class MortalPlans extends PlanStore {
  private created = 0

  override async create(...args: Parameters<PlanStore['create']>): Promise<void> {
    const created = super.create(...args)
    if (killAt !== 'while the plans are stored' || this.created++ !== place) return created
    await Promise.race([created, turned()])
    die()
  }

  override append(...[id, lines]: Parameters<PlanStore['append']>): Promise<void> {
    const planOfVictim = rollout?.targets.find(({ server }) => server.id === victim)?.plan
    if (id === planOfVictim && lines.some((line) => line.kind === 'state' && line.state === 'finished'))
      dieAt('before the last state of the plan')
    return super.append(id, lines)
  }
}

let rollout: Parameters<RolloutStore['create']>[0] | undefined
class MortalRollouts extends RolloutStore {
  override async create(...args: Parameters<RolloutStore['create']>): Promise<void> {
    const created = super.create(...args)
    rollout = args[0]
    if (killAt !== 'while the rollout is stored') return created
    await Promise.race([created, turned()])
    die()
  }

  override append(id: string, line: RolloutStateLine): Promise<void> {
    if (line.state === 'applying') dieAt('before the first state of the rollout')
    if (line.state === 'review') dieAt('before the review')
    // A server whose session has ended makes it wait instead of finishing.
    if (line.state === 'finished' || line.state === 'paused') dieAt('before the last state of the rollout')
    return super.append(id, line)
  }
}

const services = new RolloutServices({
  ...{ folder, servers, now: () => now, serverIds: () => ids },
  store: new MortalPlans(`${folder}/plans`),
  rolloutStore: new MortalRollouts(`${folder}/rollouts`),
  certificateFiles: () => {
    if (!('key' in request)) throw new Error('These are rules')
    return { chain: request.chain.map((pem) => new X509Certificate(pem)), key: request.key }
  },
  access: (id) =>
    new WriteAccess({
      async post(command: PbxCommand) {
        await beforeSending(id)
        await client(id).post(command)
        afterResponse(id)
      },
      async postFor(command) {
        await beforeSending(id)
        const value = await client(id).postFor(command)
        afterResponse(id)
        return value
      },
    }),
  logged: (log) => (id, source) => {
    const { intent, result } = log(id, source)
    return {
      intent(intended) {
        if (id === victim) dieAt('before the intent')
        return intent(intended)
      },
      result(of, ended) {
        if (id === victim) dieAt('before the results')
        return result(of, ended)
      },
    }
  },
})
const preview = await services.service.previews.preview(
  'key' in request
    ? { kind: 'certificate', files: 'selected', serverIds: ids }
    : { kind: 'rules', ...request, serverIds: ids },
)
const confirmation = { acknowledged: true, typedName: String(preview.confirm.servers), override: '' }
await services.service.apply(preview.id, confirmation, { canary: true, stopAfter: ids.length })
const { counts } = await services.untilRollout(preview.id, ({ state }) => state === 'review')
await services.service.resume(preview.id)
if (counts.waiting === ids.length) {
  // The session of the canary had ended, so nothing was sent to it: now it is, and is reviewed again.
  await services.untilRollout(
    preview.id,
    (summary) => summary.state === 'review' && summary.counts.waiting < ids.length,
  )
  await services.service.resume(preview.id)
}
// The program is killed at its point. This only keeps it running until then.
setInterval(() => randomUUID(), 1_000_000)
