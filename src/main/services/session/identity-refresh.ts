import type { Identity } from './read-identity'
import type { IdentifyHow, SignInFlow } from './sign-in-flow'
import { SharedRun } from './shared-run'
import type { TokenKeeper } from './token-keeper'
import { OtherAccountError } from './token-owner'

export interface IdentityRefreshDeps {
  readonly flow: Pick<SignInFlow, 'identify' | 'probes'>
  readonly tokens: Pick<TokenKeeper, 'current'>
  readonly apply: (identity: Identity) => void
  /** The session turned out to belong to another account. */
  readonly onOtherAccount: (error: OtherAccountError) => void
}

/**
 * Reads role, capabilities and version again, because they may change at the PBX while an account is signed in: after
 * each renewal, with each status and after each refusal.
 */
export class IdentityRefresh {
  private readonly running = new SharedRun<void>()
  private isRenewed = false
  private finished = 0

  constructor(private readonly deps: IdentityRefreshDeps) {}

  /** Number of refreshes that have ended, for `since` of `runUnless`. */
  get count(): number {
    return this.finished
  }

  /** Never fails: the next renewal, status or refusal tries again. Requests of the refresh itself start no other one. */
  run(how: IdentifyHow = {}): Promise<void> {
    return this.running.run(() => this.read(how))
  }

  /** After a renewal, whose check has just read the user of the new token. */
  afterRenewal(): void {
    // A running refresh is about the previous token.
    if (!this.running.isRunning) void this.run({ isRenewed: true })
    else this.isRenewed = true
  }

  /** After a request that was refused, which may be one of a running refresh. */
  afterRefusal(operation: string | undefined): void {
    if (this.running.isRunning) return
    this.deps.flow.probes.noteRefusal(operation)
    void this.run()
  }

  /** Like `run`, unless a refresh has ended since `count` was this. */
  runUnless(since: number, how: IdentifyHow): Promise<void> {
    return !this.running.isRunning && this.finished > since ? Promise.resolve() : this.run(how)
  }

  private async read(how: IdentifyHow): Promise<void> {
    try {
      await this.readOnce(how)
      while (this.isRenewed) await this.readOnce({ isRenewed: true })
    } finally {
      // Also one that ended early: what waited for it must not read again.
      this.finished += 1
    }
  }

  private async readOnce(how: IdentifyHow): Promise<void> {
    const { flow, tokens, apply, onOtherAccount } = this.deps
    this.isRenewed = false
    const before = tokens.current?.access
    if (before === undefined) return
    try {
      const identity = await flow.identify(how)
      // The reply may be about an account that has signed out meanwhile.
      if (tokens.current?.access === before) apply(identity)
    } catch (error) {
      if (!(error instanceof OtherAccountError) || tokens.current?.access !== before) return
      this.isRenewed = false
      onOtherAccount(error)
    }
  }
}
