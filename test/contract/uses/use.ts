import type { Reply } from '../../unit/demo/client'

/** Sends a request as the system administrator, or as another role. */
export type Ask = (operation: string, body?: unknown, role?: 'SystemAdmin' | 'Dealer' | 'Admin') => Promise<Reply>

/** Uses some operations once or more, also with requests that are refused. */
export type Use = (ask: Ask) => Promise<void>
