import type { TokenOwner } from '@shared/domain/server-token'

interface TokenWords {
  readonly name: string
  /** The token in a heading. */
  readonly token: string
  readonly use: string
  /** What stops working without a valid token. */
  readonly stops: readonly string[]
  /** The steps after a new one was generated. */
  readonly next: readonly string[]
  readonly note?: string
}

export const tokenWords: Readonly<Record<TokenOwner, TokenWords>> = {
  sbc: {
    name: 'SBC',
    token: 'SBC access token',
    use: 'The SBC uses this token to connect to the PBX.',
    stops: ['WebRTC: calls in the browser', 'Microsoft Teams', 'phones that are provisioned through the SBC'],
    next: [
      'Sign in to the web portal of the SBC and open Settings > PBX.',
      'Paste the new token into the field “PBX Access Token” and save.',
      'Make a call through the SBC, for example with WebRTC.',
    ],
    note: 'Upgrading to 22.2 or later generates a new SBC token automatically. If WebRTC or Teams stopped after the upgrade, paste the current token into the web portal of the SBC.',
  },
  im: {
    name: 'IM server',
    token: 'IM server token',
    use: 'The IM server uses this token to connect to the PBX.',
    stops: ['chat between users', 'sharing of files'],
    next: [
      'Sign in to the host of the IM server.',
      'Start its container again with the new token as -t TOKEN.',
      'Send a chat message from one user to another.',
    ],
  },
}
