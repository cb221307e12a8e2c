import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { StoredFacts } from '@shared/fleet/facts'
import { FleetFacts, factsStore } from '@main/services/fleet/facts'
import { FakeTiming } from '@test/fakes/timing'
import { limits, facts as sample } from '../../shared/fleet/sample'
import { temporaryFolder } from '../storage/temporary'

const [a, b] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'] as const
const { certificate } = sample()

/** The facts after a start of the app with this profile. */
function open(folder = temporaryFolder()) {
  const timing = new FakeTiming()
  const pushed: (readonly StoredFacts[])[] = []
  const reports: string[] = []
  const file = join(folder, 'fleet-facts.json')
  const store = factsStore(file)
  const onChange = (changed: readonly StoredFacts[]): void => void pushed.push(changed)
  const facts = new FleetFacts({ store, onChange, report: (what) => void reports.push(what), timing })
  return { folder, file, timing, pushed, reports, store, facts }
}

describe('the facts of the fleet', () => {
  it('are known immediately, and changes within 100 ms reach the window together, each server once', () => {
    const { facts, timing, pushed } = open()
    facts.note(a, { version: '22.2' })
    facts.note(b, { limits })
    facts.note(a, { certificate })
    expect(facts.get(a)).toEqual({ serverId: a, version: '22.2', certificate })
    timing.advance(99)
    expect(pushed).toEqual([])
    timing.advance(1)
    expect(pushed).toEqual([
      [
        { serverId: a, version: '22.2', certificate },
        { serverId: b, limits },
      ],
    ])
    facts.note(b, { role: 'Dealer' })
    timing.advance(100)
    expect(pushed[1]).toEqual([{ serverId: b, limits, role: 'Dealer' }])
  })

  it('stay if a later read does not return them, and nothing is pushed without a change', () => {
    const { facts, timing, pushed } = open()
    facts.note(a, { role: 'Dealer', limits })
    timing.advance(100)
    facts.note(a, { role: undefined, limits: { ...limits } })
    timing.advance(10_000)
    expect([facts.get(a), pushed.length]).toEqual([{ serverId: a, role: 'Dealer', limits }, 1])
  })

  it('are saved seconds later with all changes until then, and are there after a restart', async () => {
    const { facts, timing, folder, file, store } = open()
    facts.note(a, { version: '22.2' })
    timing.advance(4_000)
    facts.note(b, { limits, certificate })
    timing.advance(999)
    expect(readdirSync(folder)).toEqual([])
    timing.advance(1)
    await store.settled()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      version: 1,
      servers: [{ serverId: a }, { serverId: b }],
    })
    expect(open(folder).facts.list()).toEqual(facts.list())
  })

  it('are saved at the end of the app, without a wait', async () => {
    const { facts, folder, timing } = open()
    facts.note(a, { version: '22.6' })
    await facts.settled()
    expect(open(folder).facts.list()).toEqual([{ serverId: a, version: '22.6' }])
    const saved = readFileSync(join(folder, 'fleet-facts.json'), 'utf8')
    timing.advance(10_000)
    await facts.settled()
    expect(readFileSync(join(folder, 'fleet-facts.json'), 'utf8')).toBe(saved)
  })

  it('of a forgotten server are gone in the window and on disk; those of others stay', async () => {
    const { facts, timing, pushed, folder } = open()
    facts.note(a, { version: '22.2', limits })
    facts.note(b, { version: '22.6' })
    timing.advance(100)
    facts.forget([a, 'unknown'])
    timing.advance(100)
    expect(pushed.at(-1)).toEqual([{ serverId: a }])
    await facts.settled()
    expect(facts.get(a)).toBeUndefined()
    expect(open(folder).facts.list()).toEqual([{ serverId: b, version: '22.6' }])
  })

  it('do not mix with those of another PBX under the same ID', () => {
    const { facts, timing, pushed } = open()
    facts.note(a, { version: '22.2', limits, certificate })
    facts.forget([a])
    facts.note(a, { version: '22.6' })
    timing.advance(100)
    expect(pushed).toEqual([[{ serverId: a, version: '22.6' }]])
  })
})

describe('the file', () => {
  it.each(['', '{"version":1,"servers":[{"serverId":"a"}]}', '[]'])(
    '%j is damaged: it is renamed, and a new one is read again',
    async (text) => {
      const folder = temporaryFolder()
      const file = join(folder, 'fleet-facts.json')
      writeFileSync(file, text)
      const { facts, reports } = open(folder)
      expect(facts.list()).toEqual([])
      expect(readdirSync(folder)).toEqual([expect.stringContaining('fleet-facts.json.damaged-')])
      facts.note(a, { version: '22.2' })
      await facts.settled()
      expect(reports).toEqual([])
      expect(open(folder).facts.list()).toEqual([{ serverId: a, version: '22.2' }])
    },
  )

  it('of a newer version is not overwritten: it is reported, and the facts of this run are known', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'fleet-facts.json')
    writeFileSync(file, '{"version":9,"servers":[]}')
    const { facts, reports } = open(folder)
    facts.note(a, { version: '22.2' })
    await facts.settled()
    expect([readFileSync(file, 'utf8'), reports]).toEqual([
      '{"version":9,"servers":[]}',
      ['facts of the fleet not saved'],
    ])
    expect(facts.get(a)?.version).toBe('22.2')
  })
})
