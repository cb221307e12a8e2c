import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SignInArgs } from '@shared/domain/session'
import type { FleetActivity } from '@shared/fleet/activity'
import type { PracticePbx } from '@demo/practice-pbx'
import { FleetRounds } from '@main/services/fleet/rounds'
import { Harness, sentTo } from '../session/harness'

let harness: Harness
let activities: FleetActivity[]
beforeEach(() => {
  harness = new Harness()
  activities = []
})
afterEach(() => harness.close())

const settled = () => new Promise((resolve) => setImmediate(resolve))

function roundsWith(read: (id: string) => Promise<void> = () => Promise.resolve()): FleetRounds {
  const { servers, sessions } = harness
  return new FleetRounds({ servers, sessions, read, onChange: (activity) => void activities.push(activity) })
}

/** A server with a password in the keychain. */
async function withPassword(password?: string, record: Parameters<Harness['add']>[1] = {}) {
  const { pbx, id } = await harness.add({}, record)
  await harness.sessions.remember(id, password ?? pbx.password)
  return { pbx, id }
}

const signIns = (pbx: PracticePbx) => sentTo(pbx).filter((line) => line.startsWith('POST /auth/sign_in'))
const phase = (id: string) => harness.sessions.state(id).phase
const signInProgress = () => activities.map(({ signIn }) => signIn && `${signIn.done} of ${signIn.total}`)

describe('signing in to all', () => {
  it('tries each stored password once, whether it is accepted or not', async () => {
    const [right, wrong, missing] = [await withPassword(), await withPassword('wrong'), await harness.add()]
    const ids = [right.id, wrong.id, missing.id]
    const rounds = roundsWith()
    await rounds.signIn(ids)
    expect(ids.map(phase)).toEqual(['signed-in', 'needs-password', 'needs-password'])
    expect([right.pbx, wrong.pbx, missing.pbx].map((pbx) => signIns(pbx).length)).toEqual([1, 1, 0])
    await rounds.signIn(ids)
    expect([right.pbx, wrong.pbx, missing.pbx].map((pbx) => signIns(pbx).length)).toEqual([1, 1, 0])
  })

  it('leaves out paused servers, and those whose certificate is not trusted', async () => {
    const paused = await withPassword(undefined, { paused: true })
    const untrusted = await withPassword(undefined, { trusted: false })
    await roundsWith().signIn([paused.id, untrusted.id])
    expect([phase(paused.id), phase(untrusted.id)]).toEqual(['signed-out', 'untrusted'])
    expect([sentTo(paused.pbx), sentTo(untrusted.pbx)]).toEqual([[], []])
    expect(signInProgress()).toEqual(['0 of 1', undefined])
  })

  it('reports a progress that adds up, also with a server that is listed twice, removed or unreachable', async () => {
    const [first, second] = [await withPassword(), await withPassword()]
    await second.pbx.setFaults({ refuseConnections: true })
    await roundsWith().signIn([first.id, second.id, first.id, randomUUID()])
    expect(signInProgress()).toEqual(['0 of 3', '1 of 3', '2 of 3', undefined])
    expect([phase(first.id), phase(second.id)]).toEqual(['signed-in', 'unreachable'])
  })

  it('adds servers to a round that runs, each once', async () => {
    const [first, second] = [await withPassword(), await withPassword()]
    const rounds = roundsWith()
    const done = rounds.signIn([first.id])
    await Promise.all([done, rounds.signIn([first.id, second.id])])
    expect(signInProgress()).toEqual(['0 of 1', '0 of 2', '1 of 2', undefined])
    expect(signIns(first.pbx)).toHaveLength(1)
    expect(rounds.activity).toEqual({})
  })

  it('to nothing but paused servers is no round', async () => {
    const { id } = await withPassword(undefined, { paused: true })
    await roundsWith().signIn([id])
    expect(activities).toEqual([])
  })
})

describe('refreshing', () => {
  it('reads each server beside a sign-in, and a failure stops no other', async () => {
    const ids = await Promise.all([withPassword(), withPassword()]).then((all) => all.map(({ id }) => id))
    const read: string[] = []
    const rounds = roundsWith((id) => {
      read.push(id)
      return Promise.reject(new Error('refused'))
    })
    await Promise.all([rounds.refresh(ids), rounds.signIn(ids)])
    expect(read).toEqual(ids)
    expect(activities).toContainEqual({ refresh: { done: 0, total: 2 }, signIn: { done: 0, total: 2 } })
    expect(ids.map(phase)).toEqual(['signed-in', 'signed-in'])
  })
})

describe('canceling', () => {
  /** Twelve servers of which the first eight are being read until `release`. */
  async function reading() {
    const ids = Array.from({ length: 12 }, () => randomUUID())
    const { id: known } = await harness.add()
    for (const id of ids) harness.records.set(id, { ...harness.get(known), id })
    let release = (): void => undefined
    const released = new Promise<void>((resolve) => (release = resolve))
    const read: string[] = []
    const rounds = roundsWith(async (id) => {
      read.push(id)
      await released
    })
    const done = rounds.refresh(ids)
    await settled()
    return { ids, read, rounds, done, release }
  }

  it('starts no further server, ends the progress, and lets running reads finish', async () => {
    const { ids, read, rounds, done, release } = await reading()
    rounds.cancel()
    expect([rounds.activity, activities.at(-1)]).toEqual([{}, {}])
    const published = activities.length
    release()
    await done
    expect([read, activities.length]).toEqual([ids.slice(0, 8), published])
  })

  it('does not cancel what is started afterwards', async () => {
    const { ids, read, rounds, done, release } = await reading()
    rounds.cancel()
    const again = rounds.refresh(ids.slice(0, 3))
    expect(rounds.activity).toEqual({ refresh: { done: 0, total: 3 } })
    release()
    await Promise.all([done, again])
    expect(read).toEqual([...ids.slice(0, 8), ...ids.slice(0, 3)])
    expect(activities.at(-1)).toEqual({})
  })

  it('cancels connections that are being made, also after a server was removed', async () => {
    const [first, removed] = [await withPassword(), await withPassword()]
    await first.pbx.setFaults({ holdReplies: true })
    await removed.pbx.setFaults({ holdReplies: true })
    const rounds = roundsWith()
    const done = rounds.signIn([first.id, removed.id])
    while (signIns(first.pbx).length === 0 && harness.states.at(-1)?.phase !== 'connecting') await settled()
    harness.records.delete(removed.id)
    rounds.cancel()
    expect(phase(first.id)).toBe('signed-out')
    harness.records.set(removed.id, { ...harness.get(first.id), id: removed.id })
    await first.pbx.clearFaults()
    await removed.pbx.clearFaults()
    await done
    expect(phase(first.id)).toBe('signed-out')
  })

  it('a refresh leaves a connection alone that the user is making', async () => {
    const { pbx, id } = await withPassword()
    await pbx.setFaults({ holdReplies: true })
    const connected = harness.sessions.connect(id)
    const rounds = roundsWith(async () => void (await connected))
    const done = rounds.refresh([id])
    await settled()
    expect(phase(id)).toBe('connecting')
    rounds.cancel()
    expect(phase(id)).toBe('connecting')
    await pbx.clearFaults()
    await done
    expect(phase(id)).toBe('signed-in')
  })

  it('with nothing to cancel changes nothing', () => {
    roundsWith().cancel()
    expect(activities).toEqual([])
  })
})

describe('one password for several servers', () => {
  const args = (serverId: string, pbx: PracticePbx, password: string): SignInArgs => ({
    serverId,
    username: pbx.username,
    password,
    domain: '',
    remember: true,
    confirmRisk: false,
  })

  /** Servers that require a password. */
  async function waiting(count: number) {
    const all = await Promise.all(Array.from({ length: count }, () => harness.add()))
    await Promise.all(all.map(({ id }) => harness.sessions.connect(id)))
    return all
  }

  const roundDone = async (rounds: FleetRounds): Promise<void> => {
    while (rounds.activity.signIn !== undefined) await settled()
  }

  it('is tried on no other server if the first one refuses it', async () => {
    const [first, second] = await waiting(2)
    if (first === undefined || second === undefined) throw new Error('Not started')
    const rounds = roundsWith()
    const state = await rounds.signInWith(args(first.id, first.pbx, 'wrong'), [second.id])
    await roundDone(rounds)
    expect([state.phase, state.failures]).toEqual(['needs-password', 1])
    expect([signIns(first.pbx).length, signIns(second.pbx).length]).toEqual([1, 0])
  })

  it('is tried once on each of the others after the first one accepts it, and stored there', async () => {
    const [first, second, other] = await waiting(3)
    if (first === undefined || second === undefined || other === undefined) throw new Error('Not started')
    harness.patch(other.id, { username: 'somebody' })
    const rounds = roundsWith()
    const state = await rounds.signInWith(args(first.id, first.pbx, first.pbx.password), [second.id, other.id])
    expect(state.phase).toBe('signed-in')
    await roundDone(rounds)
    expect([phase(second.id), phase(other.id)]).toEqual(['signed-in', 'needs-password'])
    expect([second, other].map(({ pbx }) => signIns(pbx).length)).toEqual([1, 1])
    expect(harness.sessions.state(second.id).passwordStored).toBe(true)
    expect(signInProgress()).toEqual(['0 of 2', '1 of 2', undefined])
  })

  it('is not tried on servers that no longer require one, or are paused', async () => {
    const [first, signedIn, paused] = await waiting(3)
    if (first === undefined || signedIn === undefined || paused === undefined) throw new Error('Not started')
    await harness.signIn(signedIn.id, signedIn.pbx)
    harness.patch(paused.id, { paused: true })
    const rounds = roundsWith()
    await rounds.signInWith(args(first.id, first.pbx, first.pbx.password), [signedIn.id, paused.id])
    await roundDone(rounds)
    expect([signIns(signedIn.pbx).length, signIns(paused.pbx).length]).toEqual([1, 0])
    expect(phase(signedIn.id)).toBe('signed-in')
  })
})
