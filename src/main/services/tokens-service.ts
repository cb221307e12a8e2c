import type { CopiedToken, RevealedToken, TokenOwner, TokenState } from '@shared/domain/server-token'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import type { PbxClient } from '../portsip/pbx-client'
import { destroyToken, regenerateToken, serverToken } from '../portsip/server-tokens'
import { enforceTypedName } from './protection'
import { lostResponse } from './records/write-record'
import { clipboardSeconds, type SecretClipboard } from './secret-clipboard'

/** For how long the window shows a token, in seconds. */
const revealSeconds = 30

export interface TokensDeps {
  readonly client: (serverId: ServerId) => PbxClient
  readonly record: (serverId: ServerId) => ServerRecord
  readonly clipboard: Pick<SecretClipboard, 'copy'>
  readonly log: { info(message: string): unknown }
}

type At = { readonly serverId: ServerId; readonly owner: TokenOwner }
type Confirmed = At & { readonly confirmation: Confirmation }

const words: Readonly<Record<TokenOwner, string>> = { sbc: 'SBC', im: 'IM server' }

/** The tokens of the SBC and the IM server. They cross to the window only when they are asked for; what is done with one is logged without it. */
export class TokensService {
  constructor(private readonly deps: TokensDeps) {}

  async state({ serverId, owner }: At): Promise<TokenState> {
    return { present: (await serverToken(this.deps.client(serverId), owner)) !== undefined }
  }

  /** Throws `not-found` where the PBX holds none. */
  async reveal(at: At): Promise<RevealedToken> {
    const token = await this.held(at)
    this.note(at, 'was shown')
    return { token, seconds: revealSeconds }
  }

  /** Puts the token on the clipboard without showing it. Throws `not-found` where the PBX holds none. */
  async copy(at: At): Promise<CopiedToken> {
    await this.deps.clipboard.copy(await this.held(at))
    this.note(at, 'was copied')
    return { seconds: clipboardSeconds }
  }

  /** POST of a new token, after the server's name was typed; then looks whether there is a new one. */
  regenerate(confirmed: Confirmed): Promise<TokenState> {
    return this.change(confirmed, regenerateToken, 'was regenerated', (before, after) => {
      if (after !== undefined && after !== before) return undefined
      return 'the old token still holds'
    })
  }

  /** POST of the end of the token, after the server's name was typed; then looks whether it is gone. */
  destroy(confirmed: Confirmed): Promise<TokenState> {
    return this.change(confirmed, destroyToken, 'was destroyed', (_before, after) =>
      after === undefined ? undefined : 'the token is still there',
    )
  }

  /** `wrong` says what is not as it was meant to be, if anything. */
  private async change(
    { serverId, owner, confirmation }: Confirmed,
    send: (client: PbxClient, owner: TokenOwner) => Promise<void>,
    done: string,
    wrong: (before: string | undefined, after: string | undefined) => string | undefined,
  ): Promise<TokenState> {
    enforceTypedName(this.deps.record(serverId), confirmation)
    const client = this.deps.client(serverId)
    const before = await serverToken(client, owner)
    const lost = await lostResponse(send(client, owner))
    const after = await serverToken(client, owner).catch((error: unknown) => {
      throw lost ?? error
    })
    const problem = wrong(before, after)
    if (problem !== undefined)
      throw new FleetError({
        code: lost === undefined ? 'server-error' : 'unknown-outcome',
        message: `${lost === undefined ? 'The server took the change, but' : 'The answer was lost, and'} ${problem}.`,
        hint: 'Nothing was sent again. Look at what holds before another try.',
      })
    this.note({ serverId, owner }, done)
    return { present: after !== undefined }
  }

  private async held({ serverId, owner }: At): Promise<string> {
    const token = await serverToken(this.deps.client(serverId), owner)
    if (token !== undefined) return token
    throw new FleetError({
      code: 'not-found',
      message: `The PBX holds no token for the ${words[owner]}`,
      hint: 'Make a new one first.',
    })
  }

  private note({ serverId, owner }: At, done: string): void {
    this.deps.log.info(`the ${words[owner]} token of ${serverId} ${done}`)
  }
}
