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

  const put = (state: SessionState): void => void states.set(state.serverId, state)

  const kept = async (asked: Promise<Result<SessionState>>): Promise<Result<SessionState>> => {
    const reply = await asked
    if (reply.ok) put(reply.value)
    return reply
  }

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
    refresh,
    connect,
    signOut,
    mayConnectByItself: (serverId: ServerId) =>
      state(serverId).phase === 'signed-out' && !leftByHand.has(serverId) && state(serverId).error === undefined,
    trust: (serverId: ServerId, fingerprint256: string) => kept(invoke('session:trust', { serverId, fingerprint256 })),
    signIn: (args: SignInArgs) => kept(invoke('session:signIn', args)),
    verifyOtp: (serverId: ServerId, code: string) => kept(invoke('session:verifyOtp', { serverId, code })),
    resendOtp: (serverId: ServerId) => invoke('session:resendOtp', { serverId }),
    useAddress: (serverId: ServerId, address: AddressChoice) =>
      kept(invoke('session:useAddress', { serverId, address })),
    cancel(serverId: ServerId) {
      leftByHand.add(serverId)
      return invoke('session:cancel', { serverId })
    },
  }
})
