import { describe, expect, it } from 'vitest'
import type { SessionPhase, SessionState } from '@shared/domain/session'
import { Lanes } from '@main/servers/lanes'
import { FleetRefresher } from '@main/services/fleet/refresher'
import { FakeTiming } from '@test/fakes/timing'
import { server } from '../../shared/fleet/sample'

const settled = () => new Promise((resolve) => setImmediate(resolve))

interface FakeServer {
  phase: SessionPhase
  isOut: boolean
  paused: boolean
  /** Whether a read has a response. */
  responds: boolean
}

/** Servers whose state a test sets; a read without a response makes them unreachable. */
function fleet(names: readonly string[], minutes = 5) {
  const timing = new FakeTiming()
  const settings = { minutes }
  const servers = new Map<string, FakeServer>(
    names.map((name) => [name, { phase: 'signed-in', isOut: false, paused: false, responds: true }]),
  )
  const get = (id: string): FakeServer => {
    const found = servers.get(id)
    if (found === undefined) throw new Error('Not in the workspace')
    return found
  }
  const isDead = (id: string): boolean => get(id).isOut || get(id).phase === 'unreachable'
  const state = (serverId: string): SessionState => {
    const { phase } = get(serverId)
    return { serverId, phase, address: 'first', passwordStored: true, failures: 0 }
  }
  const reads: string[] = []
  const connects: string[] = []
  const refresher = new FleetRefresher({
    ids: () => [...servers.keys()],
    servers: { state, isDead, record: (id) => server({ id, paused: get(id).paused }), lanes: new Lanes(timing) },
    sessions: {
      connect: (id) => {
        connects.push(id)
        get(id).phase = 'signed-in'
        return Promise.resolve(state(id))
      },
    },
    read: async (id) => {
      reads.push(`${id} ${timing.now() / 1_000}`)
      await settled()
      const read = get(id)
      read.isOut = !read.responds
      if (!read.responds) throw new Error('Connection refused')
      if (read.phase === 'unreachable') read.phase = 'signed-out'
    },
    minutes: () => settings.minutes,
    timing,
  })
  /** Advances the clock second by second; reads end in between. */
  const pass = async (seconds: number): Promise<void> => {
    for (let passed = 0; passed < seconds; passed++) {
      timing.advance(1_000)
      for (let turn = 0; turn < 4; turn++) await settled()
    }
  }
  /** The times of reads in seconds since the start of the clock. */
  const times = (id: string): readonly number[] =>
    reads.filter((read) => read.startsWith(`${id} `)).map((read) => Number(read.slice(id.length + 1)))
  return { timing, settings, servers, get, reads, connects, refresher, pass, times }
}

describe('the background refresh', () => {
  it('reads each server that is signed in at the interval, from when it is signed in', async () => {
    const { refresher, pass, times, get } = fleet(['a', 'b'])
    get('b').phase = 'needs-password'
    refresher.start()
    await pass(100)
    get('b').phase = 'signed-in'
    await pass(810)
    expect(times('a')).toEqual([301, 601, 901])
    expect(times('b')).toEqual([401, 701])
  })

  it('leaves alone what is paused, what waits for a person, and what nobody contacted', async () => {
    const phases = ['signed-out', 'connecting', 'untrusted', 'needs-password', 'needs-otp', 'denied'] as const
    const { refresher, pass, reads, get } = fleet([...phases, 'paused', 'paused and dead'])
    for (const phase of phases) get(phase).phase = phase
    get('paused').paused = true
    Object.assign(get('paused and dead'), { paused: true, phase: 'unreachable' })
    refresher.start()
    await pass(700)
    expect(reads).toEqual([])
  })

  it('can be turned off, and a shorter interval is used immediately', async () => {
    const { refresher, pass, times, settings } = fleet(['a'], 0)
    refresher.start()
    await pass(1_000)
    expect(times('a')).toEqual([])
    settings.minutes = 15
    await pass(10)
    settings.minutes = 1
    await pass(62)
    expect(times('a')).toEqual([1_071])
    settings.minutes = 0
    await pass(1_000)
    expect(times('a')).toHaveLength(1)
  })

  it('stops for a server that was removed, also during a read', async () => {
    const { refresher, pass, reads, servers, timing } = fleet(['a', 'b'])
    refresher.start()
    await pass(300)
    timing.advance(1_000)
    await settled()
    servers.delete('a')
    refresher.forget(['a'])
    await pass(700)
    expect(reads.filter((read) => read.startsWith('a '))).toEqual(['a 301'])
    expect(reads.filter((read) => read.startsWith('b '))).toHaveLength(3)
  })
})

describe('a server that does not respond', () => {
  const gaps = (times: readonly number[]): readonly number[] =>
    times.slice(1).map((time, at) => time - (times[at] ?? 0))

  it('is tried again after 10 s, and then less and less often, up to 3 min', async () => {
    const { refresher, pass, times, get } = fleet(['a'])
    get('a').responds = false
    refresher.start()
    await pass(301 + 10 + 20 + 40 + 80 + 160 + 180 + 180 + 20)
    expect(times('a')[0]).toBe(301)
    expect(gaps(times('a'))).toEqual([10, 20, 40, 80, 160, 180, 180])
  })

  it('is tried 10 s after another request had no response', async () => {
    const { refresher, pass, times, get } = fleet(['a'])
    refresher.start()
    await pass(50)
    Object.assign(get('a'), { isOut: true, responds: false })
    await pass(35)
    expect(times('a')).toEqual([61, 81])
  })

  it('is read at the interval again once it responds, and begins with 10 s the next time', async () => {
    const { refresher, pass, times, get } = fleet(['a'])
    Object.assign(get('a'), { isOut: true, responds: false })
    refresher.start()
    await pass(32)
    get('a').responds = true
    await pass(40 + 301)
    expect(times('a')).toEqual([11, 31, 71, 371])
    Object.assign(get('a'), { isOut: true, responds: false })
    await pass(12)
    expect(times('a').slice(4)).toEqual([384])
  })

  it('is signed in to only if it was out of reach when it was to be signed in to', async () => {
    const { refresher, pass, connects, get } = fleet(['failed sign-in', 'signed out', 'waiting'])
    get('failed sign-in').phase = 'unreachable'
    Object.assign(get('signed out'), { phase: 'signed-out', isOut: true })
    Object.assign(get('waiting'), { phase: 'needs-password', isOut: true })
    refresher.start()
    await pass(12)
    expect(connects).toEqual(['failed sign-in'])
    expect(['failed sign-in', 'signed out', 'waiting'].map((id) => [get(id).phase, get(id).isOut])).toEqual([
      ['signed-in', false],
      ['signed-out', false],
      ['needs-password', false],
    ])
  })

  it('does not delay the others', async () => {
    const dead = Array.from({ length: 30 }, (_, at) => `dead ${at}`)
    const { refresher, pass, times, get } = fleet([...dead, 'a'])
    for (const id of dead) Object.assign(get(id), { phase: 'unreachable', responds: false })
    refresher.start()
    await pass(302)
    expect(times('a')).toEqual([301])
  })
})

describe('a computer that sleeps', () => {
  it('reads nothing, and spreads the reads over 15 s when it wakes up', async () => {
    const names = Array.from({ length: 5 }, (_, at) => `server ${at}`)
    const { refresher, pass, reads, times } = fleet(names)
    refresher.start()
    await pass(10)
    refresher.stop()
    await pass(1_000)
    expect(reads).toEqual([])
    refresher.resume()
    await pass(15)
    expect(names.map((name) => times(name))).toEqual([[1011], [1013], [1016], [1019], [1022]])
    await pass(301)
    expect(times('server 0')).toEqual([1011, 1311])
  })

  it('does not count twice if it is resumed without a suspend', async () => {
    const { refresher, pass, times, timing } = fleet(['a'])
    refresher.start()
    refresher.start()
    await pass(10)
    refresher.resume()
    await pass(2)
    expect(times('a')).toEqual([11])
    refresher.stop()
    expect(timing.next).toBeUndefined()
  })
})
