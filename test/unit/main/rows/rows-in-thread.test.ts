import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { RowsInThread } from '@main/services/rows/rows-in-thread'
import type { RowsCall, RowsReply } from '@main/services/rows/rows-program'
import { settled } from './fleet'

class FakeThread extends EventEmitter {
  readonly calls: RowsCall[] = []
  readonly postMessage = (call: RowsCall): void => void this.calls.push(call)
  readonly terminate = async (): Promise<number> => {
    this.emit('exit', 1)
    return 1
  }

  reply(reply: RowsReply): void {
    this.emit('message', reply)
  }

  callOf(method: RowsCall['method']): number {
    return this.calls.find((call) => call.method === method)?.call ?? -1
  }
}

function start() {
  const threads: FakeThread[] = []
  const names = new Map([['a', 'Berlin']])
  let ends = 0
  const inThread = new RowsInThread(
    () => {
      const thread = new FakeThread()
      threads.push(thread)
      return thread
    },
    () => names,
    () => (ends += 1),
  )
  return { inThread, rows: inThread.rows, threads, names, ends: () => ends }
}

test('no thread is started before it has work', () => {
  const { inThread, threads } = start()
  inThread.namesChanged()
  expect(threads).toEqual([])
})

test('a thread has the names before its first work, and gets the changed ones', () => {
  const { inThread, rows, threads, names } = start()
  void rows.open('view', 'tenants')
  names.set('b', 'Hamburg')
  inThread.namesChanged()
  expect(threads).toHaveLength(1)
  expect(threads[0]?.calls.map(({ method, args }) => [method, args])).toEqual([
    ['setNames', [names]],
    ['open', ['view', 'tenants']],
    ['setNames', [names]],
  ])
})

test('each call has its own reply, in any order, or its error', async () => {
  const { rows, threads } = start()
  const search = rows.search('a', 1, 0)
  const close = rows.close('view')
  const [thread] = threads
  thread?.reply({ call: thread.callOf('close'), error: { code: 'not-found', message: 'Not open' } })
  thread?.reply({ call: thread.callOf('setNames'), value: undefined })
  thread?.reply({ call: thread.callOf('search'), value: { hits: [], counts: {} } })
  await expect(close).rejects.toMatchObject({ detail: { code: 'not-found' } })
  expect(await search).toEqual({ hits: [], counts: {} })
})

test('a thread that dies fails its calls and is reported once; the next call starts another', async () => {
  const { rows, threads, ends } = start()
  const calls = [rows.open('view', 'tenants'), rows.search('a', 1, 0)]
  const outcomes = Promise.allSettled(calls)
  threads[0]?.emit('error', new Error('out of memory'))
  threads[0]?.emit('exit', 1)
  for (const outcome of await outcomes)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { detail: { code: 'internal' } } })
  expect(ends()).toBe(1)
  const next = rows.close('view')
  expect(threads).toHaveLength(2)
  // What the dead thread still reports is of no concern to the next one.
  threads[0]?.emit('exit', 1)
  threads[1]?.reply({ call: threads[1].callOf('close'), value: undefined })
  await next
  expect(ends()).toBe(1)
})

test('a thread that cannot be started fails the call', async () => {
  const inThread = new RowsInThread(
    () => {
      throw new Error('no memory')
    },
    () => new Map(),
    () => undefined,
  )
  await expect(inThread.rows.close('view')).rejects.toThrow('no memory')
})

test('after the app has stopped it, nothing starts another thread', async () => {
  const { inThread, rows, threads } = start()
  const open = rows.open('view', 'tenants').catch(() => 'failed')
  const stopped = inThread.stop()
  // What is not stored yet is written first.
  threads[0]?.reply({ call: threads[0].callOf('flush'), value: undefined })
  await stopped
  expect(await open).toBe('failed')
  await expect(rows.abandon('a', 'tenants')).rejects.toMatchObject({ detail: { code: 'internal' } })
  await settled()
  expect(threads).toHaveLength(1)
})

test('a thread that no longer answers does not keep the app from ending', async () => {
  vi.useFakeTimers()
  const { inThread, rows, ends } = start()
  const open = rows.open('view', 'tenants').catch(() => 'failed')
  const stopped = inThread.stop()
  await vi.advanceTimersByTimeAsync(2000)
  vi.useRealTimers()
  await stopped
  expect([await open, ends()]).toEqual(['failed', 1])
})
