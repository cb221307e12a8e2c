import type { CredentialDoubt, DoubtSide } from '@shared/domain/session'
import { FleetError, type AppError } from '@shared/ipc/result'

interface Credentials {
  readonly username: string
  readonly password?: string
}

/**
 * The username or password of the account after a change without a response: either the old or the new one is valid.
 * Stored only in memory, in main.
 */
export class Doubt {
  private refused: readonly DoubtSide[] = []

  constructor(
    private readonly what: CredentialDoubt['what'],
    private readonly sides: Readonly<Record<DoubtSide, Credentials>>,
  ) {}

  /** For the window: the names, never the passwords. */
  get view(): CredentialDoubt {
    const { sides, what, refused } = this
    return { what, refused, names: { old: sides.old.username, new: sides.new.username } }
  }

  /** True until both were refused. */
  get isOpen(): boolean {
    return this.refused.length < 2
  }

  credentials(side: DoubtSide): Credentials {
    if (this.refused.includes(side))
      throw new FleetError({
        code: 'refused',
        message: `The ${side} ${this.what} was already refused`,
        hint: 'It is not sent again.',
      })
    return this.sides[side]
  }

  refuse(side: DoubtSide): void {
    this.refused = [...this.refused, side]
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
