import type { Reply, Sent } from '@test/unit/demo/client'

interface More extends Pick<Sent, 'bytes' | 'headers'> {
  readonly role?: 'SystemAdmin' | 'Dealer' | 'Admin'
}

/** Sends a request as the system administrator, or as another role. */
export type Ask = (operation: string, body?: unknown, more?: More) => Promise<Reply>

/** Uses some operations once or more, also with requests that are refused. */
export type Use = (ask: Ask) => Promise<void>
