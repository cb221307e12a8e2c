import { z } from 'zod'

/** The two servers beside the PBX that join it with a token. */
export const tokenOwners = ['sbc', 'im'] as const
export const tokenOwnerSchema = z.enum(tokenOwners)
export type TokenOwner = (typeof tokenOwners)[number]

/** Whether the PBX has a token now. The token itself crosses on `tokens:reveal` alone. */
export interface TokenState {
  readonly present: boolean
}

/** A token that the person asked to see, and for how long the window may show it. */
export interface RevealedToken {
  readonly token: string
  readonly seconds: number
}

/** For how long a copied token stays on the clipboard, in seconds. */
export interface CopiedToken {
  readonly seconds: number
}
