import { describe, expect, it } from 'vitest'
import { Lanes } from '@main/servers/lanes'
import { FakeTiming } from '@test/fakes/timing'

const settled = () => new Promise((resolve) => setImmediate(resolve))

/** Tasks that end when a test ends them. */
function tasks() {
  const timing = new FakeTiming()
  const lanes = new Lanes(timing)
  const ends = new Map<string, () => void>()
  const started: string[] = []
  const start = (name: string, isSlow = false): Promise<string> =>
    lanes.run(async () => {
      started.push(name)
      await new Promise<void>((resolve) => ends.set(name, resolve))
      ends.delete(name)
      return name
    }, isSlow)
  const results: Promise<string>[] = []
  const startAll = (kind: string, count: number, isSlow = false): void => {
    for (let at = 0; at < count; at++) results.push(start(`${kind} ${at}`, isSlow))
  }
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.()
    await settled()
  }
  return { timing, lanes, startAll, results, started, end, running: () => ends.size }
}

describe('tasks on many servers', () => {
  it('run eight at a time, and the next one when one ends, in order', async () => {
    const { startAll, started, end, running } = tasks()
    startAll('server', 20)
    await settled()
    expect(started).toEqual(Array.from({ length: 8 }, (_, at) => `server ${at}`))
    await end('server 3')
    expect(started.slice(8)).toEqual(['server 8'])
    expect(running()).toBe(8)
  })

  it('make room for the next ones after 0.3 s, and continue', async () => {
    const { startAll, results, started, timing, end, running } = tasks()
    startAll('server', 20)
    await settled()
    timing.advance(299)
    await settled()
    expect(started).toHaveLength(8)
    timing.advance(1)
    await settled()
    expect([started.length, running()]).toEqual([16, 16])
    // One outside the eight leaves no place inside.
    await end('server 0')
    expect(await results[0]).toBe('server 0')
    expect(started).toHaveLength(16)
    await end('server 8')
    expect(started).toHaveLength(17)
  })

  it('for servers that are known to be slow have places of their own', async () => {
    const { startAll, started, running, end } = tasks()
    startAll('slow', 70, true)
    startAll('fast', 10)
    await settled()
    expect(started.filter((name) => name.startsWith('slow'))).toHaveLength(64)
    expect(started.filter((name) => name.startsWith('fast'))).toHaveLength(8)
    await end('slow 5')
    expect(started.at(-1)).toBe('slow 64')
    await end('fast 5')
    expect(started.at(-1)).toBe('fast 8')
    expect(running()).toBe(72)
  })

  it('wait for a place outside while all of those are occupied, and then make room', async () => {
    const { startAll, started, timing, end, running } = tasks()
    startAll('slow', 64, true)
    startAll('fast', 9)
    await settled()
    timing.advance(3_000)
    await settled()
    expect(running()).toBe(72)
    await end('slow 0')
    timing.advance(1_500)
    await settled()
    expect([started.at(-1), running()]).toEqual(['fast 8', 72])
  })

  it('free their place if they fail, and the timer of a finished one changes nothing', async () => {
    const { lanes, timing, startAll, running } = tasks()
    const failed = Array.from({ length: 8 }, () => lanes.run(() => Promise.reject(new Error('refused'))))
    await Promise.allSettled(failed)
    await expect(failed[0]).rejects.toThrow('refused')
    await expect(lanes.run(() => Promise.reject(new Error('dead')), true)).rejects.toThrow('dead')
    expect(timing.next).toBeUndefined()
    startAll('server', 20)
    startAll('slow', 70, true)
    await settled()
    expect(running()).toBe(8 + 64)
  })

  it('never exceed eight and 64, however they end', async () => {
    const { startAll, results, timing, end, running, started } = tasks()
    startAll('a', 60)
    startAll('b', 60, true)
    for (let turn = 0; started.length < 120 || running() > 0; turn++) {
      await settled()
      expect(running()).toBeLessThanOrEqual(72)
      if (turn % 3 === 0) timing.advance(1_500)
      for (const name of started.slice(-2)) await end(name)
      if (turn > 20) for (const name of started) await end(name)
    }
    expect(await Promise.all(results)).toHaveLength(120)
    expect(running()).toBe(0)
  })
})
