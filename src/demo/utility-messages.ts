import type { PracticeFaults } from '@shared/domain/practice'
import type { Identity } from './certificate'
import type { PracticeOptions } from './options'
import type { PracticeAccount } from './accounts'

/** Messages to the process of a practice server. `start` is the first message and is sent once. */
export type ToPractice =
  | { readonly type: 'start'; readonly options: PracticeOptions }
  | { readonly type: 'faults'; readonly faults: Partial<PracticeFaults> }
  | { readonly type: 'stop' }

/**
 * Replies of the process: `listening` to start, `faults` with all of them to faults, `stopped` right before it ends.
 */
export type FromPractice =
  | {
      readonly type: 'listening'
      readonly url: string
      readonly username: string
      readonly password: string
      readonly role: string
      readonly fingerprint256: string
      readonly accounts: readonly PracticeAccount[]
      readonly identity: Identity
    }
  | { readonly type: 'faults'; readonly faults: PracticeFaults }
  | { readonly type: 'stopped' }
  | { readonly type: 'failed'; readonly message: string }
