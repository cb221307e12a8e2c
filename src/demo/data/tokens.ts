import { randomBytes } from 'node:crypto'

/** A token with which the SBC or the IM server joins the PBX. */
export const makeToken = (): string => randomBytes(24).toString('base64url')
