import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { journalLineSchema, type JournalLine } from '@shared/domain/journal'
import type { PbxCommand } from '@main/portsip/pbx-client'
import { realDisk, type JournalDisk } from '@main/services/journal/journal-disk'
import { PlanStore } from '@main/services/plans/plan-store'
import { WriteAccess } from '@main/services/writes/approved'
import { oneServer } from '@test/fakes/servers'
import { die, programClient, programRecord } from '../journal/program-parts'
import type { PlanKillPoint, PlanningArgs } from './kill-points'
import { PlanServices } from './services'

/** Applies a plan and is killed at a defined point of one step. */
const args = JSON.parse(process.argv[2] ?? '') as PlanningArgs
const { folder, serverId, now, killAt, step, turns, steps } = args

const dieAt = (point: PlanKillPoint): void => {
  if (point === killAt) die()
}
const client = programClient(args)
const server = programRecord(args)
const write = steps[step - 1]?.write

const isOfStep = ({ path, body }: PbxCommand): boolean =>
  write?.id === undefined
    ? (body as { readonly cidr?: unknown } | undefined)?.cidr === write?.changes['cidr']
    : path.includes(write.id)

async function beforeSending(command: PbxCommand): Promise<void> {
  if (!isOfStep(command)) return
  dieAt('after the fsync, before sending')
  if (killAt !== 'while waiting for the response') return
  const held = once(process, 'message')
  process.send?.('sends')
  await held
}
const afterResponse = (command: PbxCommand): void => {
  if (isOfStep(command)) dieAt('after the response')
}

/** The journal entry of the step, if there is one. */
let entry = 0
const isIntent = (line: JournalLine): boolean =>
  line.kind === 'intent' && line.source.kind === 'plan' && line.source.step === step
const isResult = (line: JournalLine): boolean => line.kind === 'result' && line.of === entry

/** Position in the middle of a matching line; undefined if there is none. */
function middleOf(data: Buffer, fits: (line: JournalLine) => boolean): number | undefined {
  let start = 0
  for (const text of data.toString('utf8').trimEnd().split('\n')) {
    const length = Buffer.byteLength(text)
    if (fits(journalLineSchema.parse(JSON.parse(text)))) return start + Math.floor(length / 2)
    start += length + 1
  }
  return undefined
}

let written: { readonly hasIntent: boolean; readonly hasResults: boolean } | undefined
const disk: JournalDisk = {
  ...realDisk,
  async write(file, data) {
    const [intent, result] = [middleOf(data, isIntent), middleOf(data, isResult)]
    const cut = { 'with half of the intent written': intent, 'with half of the results written': result }
    const end = Object.hasOwn(cut, killAt) ? cut[killAt as keyof typeof cut] : undefined
    await realDisk.write(file, data.subarray(0, end))
    if (end !== undefined) die()
    written = {
      hasIntent: intent !== undefined,
      hasResults: middleOf(data, ({ kind }) => kind === 'result') !== undefined,
    }
  },
  async sync(file) {
    if (written?.hasIntent === true) dieAt('after the intent, before its fsync')
    await realDisk.sync(file)
    if (written?.hasResults === true) dieAt('after the fsync of some results')
  },
}

class MortalStore extends PlanStore {
  override async create(...given: Parameters<PlanStore['create']>): Promise<void> {
    const created = super.create(...given)
    if (killAt !== 'while the plan is stored') return created
    const turned = async (): Promise<void> => {
      for (let turn = 0; turn < turns; turn++) await nextTurn()
    }
    await Promise.race([created, turned()])
    die()
  }

  override append(...[id, lines]: Parameters<PlanStore['append']>): Promise<void> {
    if (lines.some((line) => line.kind === 'state' && line.state === 'finished'))
      dieAt('before the last state of the plan')
    return super.append(id, lines)
  }
}

const { plans } = new PlanServices({
  ...{ folder, disk, store: new MortalStore(`${folder}/plans`), now: () => now },
  servers: oneServer(client, () => server, { username: 'admin' }),
  access: () =>
    new WriteAccess({
      async post(command) {
        await beforeSending(command)
        await client.post(command)
        afterResponse(command)
      },
      async postFor(command) {
        await beforeSending(command)
        const value = await client.postFor(command)
        afterResponse(command)
        return value
      },
    }),
  logged: (log) => (id, source) => {
    const { intent, result } = log(id, source)
    const isStep = source.kind === 'plan' && source.step === step
    return {
      async intent(intended) {
        if (isStep) dieAt('before the intent')
        const seq = await intent(intended)
        if (isStep) entry = seq
        return seq
      },
      result(of, ended) {
        dieAt('before the results')
        return result(of, ended)
      },
    }
  },
})
const plan = { title: 'Plan', serverId, source: { kind: 'import', file: 'rules.csv' }, steps } as const
await plans.applyNew(plan, { acknowledged: true, typedName: '', override: '' })
// The program is killed at its point. This only keeps it running until then.
setInterval(() => randomUUID(), 1_000_000)
