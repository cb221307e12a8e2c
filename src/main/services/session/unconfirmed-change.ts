import type { UnconfirmedCredentials, CredentialCandidate } from '@shared/domain/session'
import { FleetError, type AppError } from '@shared/ipc/result'

interface Credentials {
  readonly username: string
  readonly password?: string
}

/**
 * The username or password of the account after a change without a response: either the old or the new one is valid.
 * Stored only in memory, in main.
 */
export class UnconfirmedChange {
  private refused: readonly CredentialCandidate[] = []

  constructor(
    private readonly what: UnconfirmedCredentials['what'],
    private readonly candidates: Readonly<Record<CredentialCandidate, Credentials>>,
  ) {}

  /** For the window: the names, never the passwords. */
  get view(): UnconfirmedCredentials {
    const { candidates, what, refused } = this
    return { what, refused, names: { old: candidates.old.username, new: candidates.new.username } }
  }

  /** True until both were refused. */
  get isOpen(): boolean {
    return this.refused.length < 2
  }

  credentials(candidate: CredentialCandidate): Credentials {
    if (this.refused.includes(candidate))
      throw new FleetError({
        code: 'refused',
        message: `The ${candidate} ${this.what} was already refused`,
        hint: 'It is not sent again.',
      })
    return this.candidates[candidate]
  }

  refuse(candidate: CredentialCandidate): void {
    this.refused = [...this.refused, candidate]
  }

  /** Why there is no automatic sign-in. */
  get reason(): AppError {
    return {
      code: 'unknown-outcome',
      message: `Either the old or the new ${this.what} of this account is valid`,
      hint: 'There was no response to the change. Nothing is tried automatically.',
    }
  }
}
