import { shallowReactive } from 'vue'
import { defineStore } from 'pinia'
import type { AddressChoice, ServerId } from '@shared/domain/server'
import type { SessionState, SignInArgs } from '@shared/domain/session'
import type { Result } from '@shared/ipc/result'
import { invoke, on } from '@/ipc/client'

/** The state of each server's session. Main owns it and pushes changes; replies and events are stored by server id. */
export const useSessions = defineStore('sessions', () => {
  const states = shallowReactive(new Map<ServerId, SessionState>())
  /** Servers with a manual sign-out: opening their page does not sign in again. */
  const signedOutManually = new Set<ServerId>()

  /** Servers whose sign-in form was just sent: the form stays, with the typed text, while main connects. */
  const sentForms = shallowReactive(new Map<ServerId, 'needs-password' | 'needs-otp'>())

  const setState = (state: SessionState): void => void states.set(state.serverId, state)

  const storeReply = async (request: Promise<Result<SessionState>>): Promise<Result<SessionState>> => {
    const reply = await request
    if (reply.ok) setState(reply.value)
    return reply
  }

  async function sendForm(
    serverId: ServerId,
    form: 'needs-password' | 'needs-otp',
    request: Promise<Result<SessionState>>,
  ): Promise<Result<SessionState>> {
    sentForms.set(serverId, form)
    const reply = await storeReply(request)
    sentForms.delete(serverId)
    return reply
  }

  /** The phase to show: a sent form stays until the reply. */
  const shownPhase = (session: SessionState): SessionState['phase'] =>
    session.phase === 'connecting' ? (sentForms.get(session.serverId) ?? 'connecting') : session.phase

  /** States of servers of which main has none: the same object each time, so that nothing seems to change. */
  const untouched = new Map<ServerId, SessionState>()

  function state(serverId: ServerId): SessionState {
    const known = states.get(serverId) ?? untouched.get(serverId)
    if (known !== undefined) return known
    const signedOut = { serverId, phase: 'signed-out', address: 'first', passwordStored: false, failures: 0 } as const
    untouched.set(serverId, signedOut)
    return signedOut
  }

  async function refresh(): Promise<void> {
    const reply = await invoke('session:list', {})
    if (!reply.ok) return
    for (const session of reply.value) if (!states.has(session.serverId)) setState(session)
  }

  function connect(serverId: ServerId): Promise<Result<SessionState>> {
    signedOutManually.delete(serverId)
    return storeReply(invoke('session:connect', { serverId }))
  }

  function signOut(serverId: ServerId): Promise<Result<SessionState>> {
    signedOutManually.add(serverId)
    return storeReply(invoke('session:signOut', { serverId }))
  }

  on('session:changed', setState)

  return {
    states,
    state,
    shownPhase,
    refresh,
    connect,
    signOut,
    canConnectAutomatically: (serverId: ServerId) =>
      state(serverId).phase === 'signed-out' && !signedOutManually.has(serverId) && state(serverId).error === undefined,
    trust: (serverId: ServerId, fingerprint256: string) =>
      storeReply(invoke('session:trust', { serverId, fingerprint256 })),
    signIn: (args: SignInArgs) => sendForm(args.serverId, 'needs-password', invoke('session:signIn', args)),
    /** Signs in to one server and, once it accepts the password, to the others with the same password. */
    signInWith: (args: SignInArgs, others: readonly ServerId[]) =>
      sendForm(args.serverId, 'needs-password', invoke('fleet:signInWith', { signIn: args, others: [...others] })),
    verifyOtp: (serverId: ServerId, code: string, confirmRisk: boolean) =>
      sendForm(serverId, 'needs-otp', invoke('session:verifyOtp', { serverId, code, confirmRisk })),
    resendOtp: (serverId: ServerId) => storeReply(invoke('session:resendOtp', { serverId })),
    useAddress: (serverId: ServerId, address: AddressChoice) =>
      storeReply(invoke('session:useAddress', { serverId, address })),
    cancel(serverId: ServerId) {
      signedOutManually.add(serverId)
      return invoke('session:cancel', { serverId })
    },
  }
})
