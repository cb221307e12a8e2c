import type { Identity } from './read-identity'
import type { SignInFlow } from './sign-in-flow'
import type { TokenKeeper } from './token-keeper'

/**
 * Reads role, capabilities and version again, because they may change at the PBX while an account is signed in: after
 * each renewal, with each status and after each refusal.
 */
export class IdentityRefresh {
  private running: Promise<void> | undefined

  constructor(
    private readonly flow: Pick<SignInFlow, 'identify'>,
    private readonly tokens: Pick<TokenKeeper, 'current'>,
    private readonly apply: (identity: Identity) => void,
  ) {}

  /** Never fails: the next renewal, status or refusal tries again. Requests of the refresh itself start no other one. */
  run(withoutStatus = false): Promise<void> {
    this.running ??= this.read(withoutStatus).finally(() => (this.running = undefined))
    return this.running
  }

  private async read(withoutStatus: boolean): Promise<void> {
    const { flow, tokens, apply } = this
    const before = tokens.current?.access
    if (before === undefined) return
    const identity = await flow.identify(withoutStatus).catch(() => undefined)
    // The reply may be about an account that has signed out meanwhile.
    if (identity !== undefined && tokens.current?.access === before) apply(identity)
  }
}
