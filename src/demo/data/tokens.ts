import { randomBytes } from 'node:crypto'

/** A token for the SBC or the IM server. */
export const makeToken = (): string => randomBytes(24).toString('base64url')
