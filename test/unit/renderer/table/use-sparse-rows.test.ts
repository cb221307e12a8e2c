import { describe, expect, it } from 'vitest'
import type { Page, PageQuery } from '@shared/domain/page'
import type { Result } from '@shared/ipc/result'
import { useSparseRows } from '@/components/table/use-sparse-rows'

type Row = { readonly id: string }
type Reply = Result<Page<Row>>

/** A server whose answers wait until the test lets them go. */
function heldServer(count: number) {
  const asked: { readonly query: PageQuery; readonly answer: (reply: Reply) => void }[] = []
  const rows = (query: PageQuery, prefix = ''): Reply => ({
    ok: true,
    value: {
      count,
      items: Array.from({ length: Math.max(0, Math.min(query.limit, count - query.offset)) }, (_, index) => ({
        id: `${prefix}${query.offset + index}`,
      })),
    },
  })
  const load = (query: PageQuery) => new Promise<Reply>((answer) => asked.push({ query, answer }))
  const next = async (prefix = '') => {
    const one = asked.shift()
    if (one === undefined) throw new Error('Nothing was asked for')
    one.answer(rows(one.query, prefix))
    await Promise.resolve()
    await Promise.resolve()
    return one.query
  }
  return { asked, load, next }
}
const offsets = (server: ReturnType<typeof heldServer>) => server.asked.map(({ query }) => query.offset)
const atOnce = (run: () => void) => run()

describe('useSparseRows', () => {
  it('asks only for the pages in view', async () => {
    const server = heldServer(100_000)
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

  it('has at most three requests under way while one scrolls through everything, and ends with what is in view', async () => {
    const server = heldServer(100_000)
    const rows = useSparseRows(server.load, atOnce)
    rows.start({}, false)
    await server.next()
    for (let row = 0; row < 90_000; row += 500) rows.want(row, row + 30)
    expect(server.asked).toHaveLength(3)
    for (let left = 3; left > 0; left -= 1) await server.next()
    expect(offsets(server)).toEqual([89_500])
  })

  it('gathers what one frame asks for', async () => {
    const server = heldServer(100_000)
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
    const server = heldServer(10)
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

  it('shows rows that are counted and never come as missing, and asks once for them', async () => {
    const server = heldServer(0)
    const rows = useSparseRows<Row>(server.load, atOnce)
    rows.start({}, false)
    server.asked.shift()?.answer({ ok: true, value: { count: 5, items: [] } })
    await new Promise((done) => setImmediate(done))
    expect([rows.count.value, rows.state.value]).toEqual([5, 'ready'])
    expect(rows.at(0)).toEqual({ state: 'missing' })
    rows.want(0, 4)
    expect(server.asked).toEqual([])
  })

  it.each([0, 130])('keeps the rows in sight that a later page no longer counts (%s)', async (later) => {
    const server = heldServer(450)
    const rows = useSparseRows<Row>(server.load, atOnce)
    rows.start({}, false)
    await server.next()
    rows.want(400, 449)
    server.asked.shift()?.answer({ ok: true, value: { count: later, items: [] } })
    await new Promise((done) => setImmediate(done))
    expect(rows.count.value).toBe(450)
    expect(rows.at(420)).toEqual({ state: 'missing' })
  })

  it('keeps loaded rows after a failed page, and goes on when asked to', async () => {
    const server = heldServer(300)
    const rows = useSparseRows(server.load, atOnce)
    rows.start({}, false)
    await server.next()
    rows.want(100, 130)
    server.asked.shift()?.answer({ ok: false, error: { code: 'timeout', message: 'No answer' } })
    await new Promise((done) => setImmediate(done))
    expect(rows.error.value?.code).toBe('timeout')
    expect(rows.at(0).state).toBe('loaded')
    rows.retry()
    await server.next()
    expect(rows.at(100).state).toBe('loaded')
    expect(rows.error.value).toBeUndefined()
  })

  it('tells a refresh that failed as a whole from a page that failed', async () => {
    const server = heldServer(300)
    const rows = useSparseRows(server.load, atOnce)
    const fail = async (): Promise<void> => {
      server.asked.shift()?.answer({ ok: false, error: { code: 'offline', message: 'Connection refused' } })
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

  it('shows no rows of the query before when the new one fails', async () => {
    const server = heldServer(300)
    const rows = useSparseRows(server.load, atOnce)
    rows.start({}, false)
    await server.next()
    rows.start({ search: 'x' }, false)
    server.asked.shift()?.answer({ ok: false, error: { code: 'timeout', message: 'No answer' } })
    await new Promise((done) => setImmediate(done))
    expect(rows.state.value).toBe('error')
    expect(rows.at(0).state).toBe('pending')
  })
})
