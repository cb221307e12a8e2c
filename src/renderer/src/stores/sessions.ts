import { shallowReactive } from 'vue'
import { defineStore } from 'pinia'
import type { AddressChoice, ServerId } from '@shared/domain/server'
import type { SessionState, SignInArgs } from '@shared/domain/session'
import type { Result } from '@shared/ipc/result'
import { invoke, on } from '@/ipc/client'

/** Where the session with each server stands. Main owns the truth and pushes it; replies and events are kept by server id. */
export const useSessions = defineStore('sessions', () => {
  const states = shallowReactive(new Map<ServerId, SessionState>())
  /** Servers that the person signed out of by hand: opening their page does not sign in again. */
  const leftByHand = new Set<ServerId>()

  /** Servers for which the person has just sent a form: it stays in place while main connects, with what was typed. */
  const answering = shallowReactive(new Map<ServerId, 'needs-password' | 'needs-otp'>())

  const put = (state: SessionState): void => void states.set(state.serverId, state)

  const kept = async (asked: Promise<Result<SessionState>>): Promise<Result<SessionState>> => {
    const reply = await asked
    if (reply.ok) put(reply.value)
    return reply
  }

  async function answered(
    serverId: ServerId,
    form: 'needs-password' | 'needs-otp',
    asked: Promise<Result<SessionState>>,
  ): Promise<Result<SessionState>> {
    answering.set(serverId, form)
    const reply = await kept(asked)
    answering.delete(serverId)
    return reply
  }

  /** The phase to show: a form that was sent stays until main says what came of it. */
  const shownPhase = (session: SessionState): SessionState['phase'] =>
    session.phase === 'connecting' ? (answering.get(session.serverId) ?? 'connecting') : session.phase

  function state(serverId: ServerId): SessionState {
    return (
      states.get(serverId) ?? { serverId, phase: 'signed-out', address: 'first', passwordStored: false, failures: 0 }
    )
  }

  async function refresh(): Promise<void> {
    const reply = await invoke('session:list', {})
    if (!reply.ok) return
    for (const known of reply.value) if (!states.has(known.serverId)) put(known)
  }

  function connect(serverId: ServerId): Promise<Result<SessionState>> {
    leftByHand.delete(serverId)
    return kept(invoke('session:connect', { serverId }))
  }

  function signOut(serverId: ServerId): Promise<Result<SessionState>> {
    leftByHand.add(serverId)
    return kept(invoke('session:signOut', { serverId }))
  }

  on('session:changed', put)

  return {
    states,
    state,
    shownPhase,
    refresh,
    connect,
    signOut,
    mayConnectByItself: (serverId: ServerId) =>
      state(serverId).phase === 'signed-out' && !leftByHand.has(serverId) && state(serverId).error === undefined,
    trust: (serverId: ServerId, fingerprint256: string) => kept(invoke('session:trust', { serverId, fingerprint256 })),
    signIn: (args: SignInArgs) => answered(args.serverId, 'needs-password', invoke('session:signIn', args)),
    verifyOtp: (serverId: ServerId, code: string) =>
      answered(serverId, 'needs-otp', invoke('session:verifyOtp', { serverId, code })),
    resendOtp: (serverId: ServerId) => invoke('session:resendOtp', { serverId }),
    useAddress: (serverId: ServerId, address: AddressChoice) =>
      kept(invoke('session:useAddress', { serverId, address })),
    cancel(serverId: ServerId) {
      leftByHand.add(serverId)
      return invoke('session:cancel', { serverId })
    },
  }
})
