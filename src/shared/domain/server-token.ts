import { z } from 'zod'

/** The two servers that connect to the PBX with a token. */
export const tokenOwners = ['sbc', 'im'] as const
export const tokenOwnerSchema = z.enum(tokenOwners)
export type TokenOwner = (typeof tokenOwners)[number]

/** Whether the PBX has a token. Only `tokens:reveal` sends the token itself. */
export interface TokenState {
  readonly present: boolean
}

/** A requested token, and how many seconds the window may show it. */
export interface RevealedToken {
  readonly token: string
  readonly seconds: number
}

/** Seconds until a copied token is removed from the clipboard. */
export interface CopiedToken {
  readonly seconds: number
}
