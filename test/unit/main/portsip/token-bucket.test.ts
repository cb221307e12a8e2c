import { describe, expect, it } from 'vitest'
import { TokenBucket } from '@main/portsip/token-bucket'
import { FakeTiming } from '@test/fakes/timing'

const settled = () => new Promise((resolve) => setImmediate(resolve))

function taker(bucket: TokenBucket) {
  const releases: (() => void)[] = []
  const take = (signal?: AbortSignal) => bucket.acquire(signal).then((release) => void releases.push(release))
  return { releases, take }
}

describe('a token bucket', () => {
  it('allows a limited number of concurrent requests, and the next when one ends', async () => {
    const { releases, take } = taker(new TokenBucket({ perSecond: 80, burst: 500, maxConcurrent: 8 }, new FakeTiming()))
    for (let count = 0; count < 20; count++) void take()
    await settled()
    expect(releases).toHaveLength(8)
    releases[0]?.()
    releases[0]?.()
    await settled()
    expect(releases).toHaveLength(9)
  })

  it('allows a burst and then a limited number per second', async () => {
    const timing = new FakeTiming()
    const { releases, take } = taker(new TokenBucket({ perSecond: 80, burst: 500, maxConcurrent: 1000 }, timing))
    for (let count = 0; count < 700; count++) void take()
    await settled()
    expect(releases).toHaveLength(500)
    timing.advance(1000)
    await settled()
    expect(releases).toHaveLength(580)
    timing.advance(500)
    await settled()
    expect(releases).toHaveLength(620)
  })

  it('fills up to a burst and no further', async () => {
    const timing = new FakeTiming()
    const { releases, take } = taker(new TokenBucket({ perSecond: 10, burst: 20, maxConcurrent: 1000 }, timing))
    timing.advance(1_000_000)
    for (let count = 0; count < 50; count++) void take()
    await settled()
    expect(releases).toHaveLength(20)
  })

  it('pauses for all, and continues in order', async () => {
    const timing = new FakeTiming()
    const bucket = new TokenBucket({ perSecond: 80, burst: 500, maxConcurrent: 8 }, timing)
    bucket.pause(3000)
    bucket.pause(1000)
    const order: number[] = []
    for (const one of [1, 2, 3]) void bucket.acquire().then(() => order.push(one))
    timing.advance(2999)
    await settled()
    expect(order).toEqual([])
    timing.advance(1)
    await settled()
    expect(order).toEqual([1, 2, 3])
  })

  it('releases canceled waits without using a token', async () => {
    const timing = new FakeTiming()
    const bucket = new TokenBucket({ perSecond: 1, burst: 1, maxConcurrent: 8 }, timing)
    const { releases, take } = taker(bucket)
    await take()
    const abort = new AbortController()
    const left = expect(take(abort.signal)).rejects.toMatchObject({ detail: { code: 'cancelled' } })
    abort.abort()
    await left
    void take()
    timing.advance(1000)
    await settled()
    expect(releases).toHaveLength(2)
    await expect(take(AbortSignal.abort())).rejects.toMatchObject({ detail: { code: 'cancelled' } })
  })
})
