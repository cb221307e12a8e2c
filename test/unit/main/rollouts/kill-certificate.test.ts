import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { installedPem } from '@main/portsip/key'
import { makePem } from '@test/fakes/pem'
import { filesHolding } from '../../../e2e/secret-search'
import { isSent, notSent, type Allowed } from '../plans/kill-outcomes'
import { RolloutKillHarness } from './kill-harness'
import type { RolloutKillPoint, UploadRequest } from './kill-points'

const servers = 3
let on: RolloutKillHarness
beforeAll(async () => {
  on = await RolloutKillHarness.start(servers)
}, 60_000)
afterAll(() => on.close())

const table: readonly (readonly [RolloutKillPoint, Allowed])[] = [
  ['before the first state of the rollout', notSent('waiting')],
  ['before the intent', notSent('waiting')],
  ['after the fsync, before sending', notSent('unknown')],
  ['while waiting for the response', isSent('unknown')],
  ['after the response', isSent('unknown')],
  ['before the results', isSent('unknown')],
]

async function newCertificate(): Promise<UploadRequest> {
  const { cert, intermediate, key } = await makePem(['*.example.com'], { rsa: false, from: -90, to: 500 })
  return { chain: [cert, intermediate], key }
}

it.each(table)(
  'killed %s: after the key was selected again, each server gets the certificate once',
  async (point, allowed) => {
    const request = await newCertificate()
    const folder = await on.kill(request, { killAt: point, place: 1, turns: 0 })
    expect(on.requests(1, request)).toBe(allowed.requests)
    expect(await filesHolding(folder, [request.key.split('\n')[1] ?? ''])).toEqual([])

    const run = on.restart(folder)
    const id = (await run.rollouts.list()).rollouts[0]?.id ?? ''
    const outcome = async () => (await run.rolloutRows(id))[1]?.outcome
    expect(allowed.found).toContain(await outcome())
    await on.settle(run)
    expect(await outcome()).toBe(allowed.settled)
    const keyFile = join(folder, 'again.key')
    await writeFile(keyFile, request.key)
    await run.service.selectKey(id, [keyFile])
    const { confirm } = await run.service.get(id)
    const confirmation = { acknowledged: true, typedName: String(confirm.servers), override: '' }
    await run.service.resume(id, confirmation)
    const first = await run.rolloutEnded(id)
    // The canary is only reviewed if it had not been changed before.
    if (first.state === 'review') await run.service.resume(id)
    expect(await run.rolloutEnded(id)).toMatchObject({ state: 'finished', counts: { done: servers } })
    for (const [place, { client }] of on.https.entries()) {
      expect(on.requests(place, request), `server ${place}`).toBe(1)
      expect(await installedPem(client)).toContain(request.chain[0]?.trim().split('\n')[1])
    }
    await run.close()
    expect(run.reports).toEqual([])
  },
)
