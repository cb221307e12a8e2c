import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import { useSessions } from '@/stores/sessions'
import { useWorkspace } from '@/stores/workspace'
import { useJobs } from '@/stores/jobs'

const bridge = () => {
  const answers = new Map<string, (value: unknown) => void>()
  const listeners = new Map<string, (payload: unknown) => void>()
  const call = new Proxy({}, { get: (_, channel: string) => () => new Promise((done) => answers.set(channel, done)) })
  const on = new Proxy(
    {},
    { get: (_, event: string) => (run: (payload: unknown) => void) => void listeners.set(event, run) },
  )
  return {
    fleet: { call, on },
    answer: (channel: string, value: unknown) => answers.get(channel)?.({ ok: true, value }),
    tell: (event: string, payload: unknown) => listeners.get(event)?.(payload),
  }
}

const server = (id: string): ServerRecord => ({
  ...emptyServerDraft,
  id,
  name: id,
  address: 'https://a:8887',
  activeAddress: 'first',
})
const session = (serverId: string, phase: SessionState['phase']): SessionState => ({
  serverId,
  phase,
  address: 'first',
  passwordStored: false,
  failures: 0,
})

let main: ReturnType<typeof bridge>
beforeEach(() => {
  main = bridge()
  Object.assign(globalThis, { window: { fleet: main.fleet } })
  setActivePinia(createPinia())
})

describe('workspace', () => {
  it('drops a reply that is older than what main told meanwhile', async () => {
    const workspace = useWorkspace()
    const asked = workspace.refresh()
    main.tell('workspace:changed', { servers: [server('new')] })
    main.answer('workspace:get', { servers: [server('old')] })
    await asked
    expect(workspace.servers.map((one) => one.id)).toEqual(['new'])
  })
})

describe('sessions', () => {
  it('keeps each state under its own server, and what was told over an older list', async () => {
    const sessions = useSessions()
    const asked = sessions.refresh()
    main.tell('session:changed', session('b', 'denied'))
    main.answer('session:list', [session('a', 'signed-in'), session('b', 'connecting')])
    await asked
    expect(sessions.state('a').phase).toBe('signed-in')
    expect(sessions.state('b').phase).toBe('denied')
    expect(sessions.state('c').phase).toBe('signed-out')
  })

  it('does not connect by itself again after a sign-out by hand or a cancel', async () => {
    const sessions = useSessions()
    expect(sessions.canConnectAutomatically('a')).toBe(true)
    const asked = sessions.signOut('a')
    main.answer('session:signOut', session('a', 'signed-out'))
    await asked
    expect(sessions.canConnectAutomatically('a')).toBe(false)
    void sessions.cancel('b')
    expect(sessions.canConnectAutomatically('b')).toBe(false)
  })
})

describe('jobs', () => {
  it('tells once that a job has ended', () => {
    const jobs = useJobs()
    const ended: string[] = []
    jobs.onFinished((job) => ended.push(`${job.id} ${job.state}`))
    const job = { id: 'j', kind: 'export', title: 'Export', done: 1, failures: [] }
    main.tell('job:changed', { ...job, state: 'running' })
    expect(jobs.running).toHaveLength(1)
    main.tell('job:changed', { ...job, state: 'done' })
    main.tell('job:changed', { ...job, state: 'done' })
    expect(ended).toEqual(['j done'])
    expect(jobs.running).toHaveLength(0)
  })
})
