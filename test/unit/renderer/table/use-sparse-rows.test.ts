import { describe, expect, it } from 'vitest'
import type { Page, PageQuery } from '@shared/domain/page'
import type { Result } from '@shared/ipc/result'
import { useSparseRows } from '@/components/table/use-sparse-rows'

type Row = { readonly id: string }
type Reply = Result<Page<Row>>

/** A server that responds when the test says so. */
function delayedServer(count: number) {
  const requests: { readonly query: PageQuery; readonly respond: (reply: Reply) => void }[] = []
  const rows = (query: PageQuery, prefix = ''): Reply => ({
    ok: true,
    value: {
      count,
      items: Array.from({ length: Math.max(0, Math.min(query.limit, count - query.offset)) }, (_, index) => ({
        id: `${prefix}${query.offset + index}`,
      })),
    },
  })
  const load = (query: PageQuery) => new Promise<Reply>((respond) => requests.push({ query, respond }))
  const next = async (prefix = '') => {
    const request = requests.shift()
    if (request === undefined) throw new Error('No request is waiting')
    request.respond(rows(request.query, prefix))
    await Promise.resolve()
    await Promise.resolve()
    return request.query
  }
  return { requests, load, next }
}
const offsets = (server: ReturnType<typeof delayedServer>) => server.requests.map(({ query }) => query.offset)
const atOnce = (run: () => void) => run()

describe('useSparseRows', () => {
  it('requests only the pages in view', async () => {
    const server = delayedServer(100_000)
    const rows = useSparseRows(server.load, atOnce)
    rows.start({}, false)
    await server.next()
    expect(rows.count.value).toBe(100_000)
    rows.want(50_010, 50_130)
    expect(offsets(server)).toEqual([50_000, 50_100])
    await server.next()
    expect(rows.at(50_010)).toEqual({ state: 'loaded', row: { id: '50010' } })
    expect(rows.at(50_110).state).toBe('pending')
    expect(rows.at(700).state).toBe('pending')
  })

  it('has up to three parallel requests while scrolling through all rows, and ends with those in view', async () => {
    const server = delayedServer(100_000)
    const rows = useSparseRows(server.load, atOnce)
    rows.start({}, false)
    await server.next()
    for (let row = 0; row < 90_000; row += 500) rows.want(row, row + 30)
    expect(server.requests).toHaveLength(3)
    for (let left = 3; left > 0; left -= 1) await server.next()
    expect(offsets(server)).toEqual([89_500])
  })

  it('collects the requests of one frame', async () => {
    const server = delayedServer(100_000)
    const frames: (() => void)[] = []
    const rows = useSparseRows(server.load, (run) => frames.push(run))
    rows.start({}, false)
    await server.next()
    for (let row = 0; row < 5000; row += 100) rows.want(row, row + 10)
    expect(frames).toHaveLength(1)
    frames[0]?.()
    expect(offsets(server)).toEqual([4900])
  })

  it('drops a reply that belongs to the query before', async () => {
    const server = delayedServer(10)
    const rows = useSparseRows(server.load, atOnce)
    rows.start({ search: 'a' }, false)
    rows.start({ search: 'b' }, false)
    await server.next('late-')
    expect(rows.at(0).state).toBe('pending')
    expect(rows.stale.value).toBe(true)
    await server.next('new-')
    expect(rows.at(0)).toEqual({ state: 'loaded', row: { id: 'new-0' } })
    expect(rows.stale.value).toBe(false)
  })

  it('shows counted rows that are not sent as missing, and requests them once', async () => {
    const server = delayedServer(0)
    const rows = useSparseRows<Row>(server.load, atOnce)
    rows.start({}, false)
    server.requests.shift()?.respond({ ok: true, value: { count: 5, items: [] } })
    await new Promise((done) => setImmediate(done))
    expect([rows.count.value, rows.state.value]).toEqual([5, 'ready'])
    expect(rows.at(0)).toEqual({ state: 'missing' })
    rows.want(0, 4)
    expect(server.requests).toEqual([])
  })

  it.each([0, 130])('keeps the rows in sight that a later page no longer counts (%s)', async (later) => {
    const server = delayedServer(450)
    const rows = useSparseRows<Row>(server.load, atOnce)
    rows.start({}, false)
    await server.next()
    rows.want(400, 449)
    server.requests.shift()?.respond({ ok: true, value: { count: later, items: [] } })
    await new Promise((done) => setImmediate(done))
    expect(rows.count.value).toBe(450)
    expect(rows.at(420)).toEqual({ state: 'missing' })
  })

  it('keeps loaded rows after a failed page, and continues on retry', async () => {
    const server = delayedServer(300)
    const rows = useSparseRows(server.load, atOnce)
    rows.start({}, false)
    await server.next()
    rows.want(100, 130)
    server.requests.shift()?.respond({ ok: false, error: { code: 'timeout', message: 'No respond' } })
    await new Promise((done) => setImmediate(done))
    expect(rows.error.value?.code).toBe('timeout')
    expect(rows.at(0).state).toBe('loaded')
    rows.retry()
    await server.next()
    expect(rows.at(100).state).toBe('loaded')
    expect(rows.error.value).toBeUndefined()
  })

  it('distinguishes a failed refresh from a failed page', async () => {
    const server = delayedServer(300)
    const rows = useSparseRows(server.load, atOnce)
    const fail = async (): Promise<void> => {
      server.requests.shift()?.respond({ ok: false, error: { code: 'offline', message: 'Connection refused' } })
      await new Promise((done) => setImmediate(done))
    }
    rows.start({}, false)
    await server.next()
    const readAt = rows.readAt.value
    rows.start({}, true)
    await fail()
    expect([rows.state.value, rows.at(0).state, rows.allOld.value, rows.readAt.value]).toEqual([
      'ready',
      'loaded',
      true,
      readAt,
    ])
    rows.retry()
    await server.next()
    expect([rows.allOld.value, rows.error.value]).toEqual([false, undefined])
    rows.want(100, 130)
    await fail()
    expect(rows.allOld.value).toBe(false)
  })

  it('shows no rows of the previous query when the new one fails', async () => {
    const server = delayedServer(300)
    const rows = useSparseRows(server.load, atOnce)
    rows.start({}, false)
    await server.next()
    rows.start({ search: 'x' }, false)
    server.requests.shift()?.respond({ ok: false, error: { code: 'timeout', message: 'No respond' } })
    await new Promise((done) => setImmediate(done))
    expect(rows.state.value).toBe('error')
    expect(rows.at(0).state).toBe('pending')
  })
})
