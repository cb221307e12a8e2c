import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import { defaultSettings } from '@shared/domain/default-settings'
import { useSettings } from '@/stores/settings'
import { useSessions } from '@/stores/sessions'
import { useWorkspace } from '@/stores/workspace'
import { useJobs } from '@/stores/jobs'

const bridge = () => {
  const replies = new Map<string, (value: unknown) => void>()
  const listeners = new Map<string, (payload: unknown) => void>()
  const call = new Proxy({}, { get: (_, channel: string) => () => new Promise((done) => replies.set(channel, done)) })
  const on = new Proxy(
    {},
    { get: (_, event: string) => (run: (payload: unknown) => void) => void listeners.set(event, run) },
  )
  return {
    fleet: { call, on },
    replies,
    respond: (channel: string, value: unknown) => replies.get(channel)?.({ ok: true, value }),
    publish: (event: string, payload: unknown) => listeners.get(event)?.(payload),
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
  const matchMedia = () => ({ matches: false, addEventListener: () => undefined })
  Object.assign(globalThis, { window: { fleet: main.fleet, matchMedia } })
  setActivePinia(createPinia())
})

describe('workspace', () => {
  it('drops a reply that is older than an event of main', async () => {
    const workspace = useWorkspace()
    const reply = workspace.refresh()
    main.publish('workspace:changed', { servers: [server('new')] })
    main.respond('workspace:get', { servers: [server('old')] })
    await reply
    expect(workspace.servers.map(({ id }) => id)).toEqual(['new'])
  })
})

describe('settings', () => {
  it('are as changed last, while main reports earlier changes one after the other', async () => {
    const settings = useSettings()
    const first = settings.patch({ boardCollapsed: ['A'] })
    const replyToFirst = main.replies.get('settings:patch')
    const second = settings.patch({ boardCollapsed: ['A', 'B'] })
    main.publish('settings:changed', { ...defaultSettings, boardCollapsed: ['A'] })
    replyToFirst?.({ ok: true, value: { ...defaultSettings, boardCollapsed: ['A'] } })
    await first
    expect(settings.settings.boardCollapsed).toEqual(['A', 'B'])
    main.respond('settings:patch', { ...defaultSettings, boardCollapsed: ['A', 'B'] })
    await second
    main.publish('settings:changed', { ...defaultSettings, boardCollapsed: ['C'] })
    expect(settings.settings.boardCollapsed).toEqual(['C'])
  })
})

describe('sessions', () => {
  it('stores each state by server, and prefers an event to an older list', async () => {
    const sessions = useSessions()
    const reply = sessions.refresh()
    main.publish('session:changed', session('b', 'denied'))
    main.respond('session:list', [session('a', 'signed-in'), session('b', 'connecting')])
    await reply
    expect(sessions.state('a').phase).toBe('signed-in')
    expect(sessions.state('b').phase).toBe('denied')
    expect(sessions.state('c').phase).toBe('signed-out')
  })

  it('does not connect automatically after a manual sign-out or a cancel', async () => {
    const sessions = useSessions()
    expect(sessions.canConnectAutomatically('a')).toBe(true)
    const reply = sessions.signOut('a')
    main.respond('session:signOut', session('a', 'signed-out'))
    await reply
    expect(sessions.canConnectAutomatically('a')).toBe(false)
    void sessions.cancel('b')
    expect(sessions.canConnectAutomatically('b')).toBe(false)
  })
})

describe('jobs', () => {
  it('reports once that a job has ended', () => {
    const jobs = useJobs()
    const ended: string[] = []
    jobs.onFinished((job) => ended.push(`${job.id} ${job.state}`))
    const job = { id: 'j', kind: 'export', title: 'Export', done: 1, failures: [] }
    main.publish('job:changed', { ...job, state: 'running' })
    expect(jobs.running).toHaveLength(1)
    main.publish('job:changed', { ...job, state: 'done' })
    main.publish('job:changed', { ...job, state: 'done' })
    expect(ended).toEqual(['j done'])
    expect(jobs.running).toHaveLength(0)
  })
})
