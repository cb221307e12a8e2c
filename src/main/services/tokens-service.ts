import type { CopiedToken, RevealedToken, TokenOwner, TokenState } from '@shared/domain/server-token'
import type { ServerId } from '@shared/domain/server'
import type { Confirmation } from '@shared/domain/write'
import { FleetError } from '@shared/ipc/result'
import type { PbxWriter } from '../portsip/pbx-client'
import { destroyToken, regenerateToken, serverToken } from '../portsip/server-tokens'
import { clipboardSeconds, type SecretClipboard } from './secret-clipboard'
import { verifiedBy } from './writes/verified-by'
import type { Writer } from './writes/writer'
import type { Servers } from '../servers/servers'

/** Seconds for which the window shows a token. */
const revealSeconds = 30

export interface TokensDeps {
  readonly servers: Pick<Servers, 'reader'>
  readonly writer: Writer
  readonly clipboard: Pick<SecretClipboard, 'copy'>
  readonly log: { info(message: string): unknown }
}

type TokenRef = { readonly serverId: ServerId; readonly owner: TokenOwner }
type Confirmed = TokenRef & { readonly confirmation: Confirmation }

const ownerNames: Readonly<Record<TokenOwner, string>> = { sbc: 'SBC', im: 'IM server' }

/** The tokens of the SBC and the IM server. The window gets one only on request; the log never contains one. */
export class TokensService {
  constructor(private readonly deps: TokensDeps) {}

  async state({ serverId, owner }: TokenRef): Promise<TokenState> {
    return { present: (await serverToken(this.deps.servers.reader(serverId), owner)) !== undefined }
  }

  /** Throws `not-found` if there is no token. */
  async reveal(ref: TokenRef): Promise<RevealedToken> {
    const token = await this.requireToken(ref)
    this.logAction(ref, 'was shown')
    return { token, seconds: revealSeconds }
  }

  /** Copies the token to the clipboard without showing it. Throws `not-found` if there is none. */
  async copy(ref: TokenRef): Promise<CopiedToken> {
    await this.deps.clipboard.copy(await this.requireToken(ref))
    this.logAction(ref, 'was copied')
    return { seconds: clipboardSeconds }
  }

  /** POST of a new token, after the server's name was typed; then verifies that the token has changed. */
  regenerate(confirmed: Confirmed): Promise<TokenState> {
    const { owner } = confirmed
    const change = { operation: `POST /${owner}/token`, send: regenerateToken, logText: 'was regenerated' }
    return this.change(confirmed, change, (before, after) => after !== undefined && after !== before)
  }

  /** POST to destroy the token, after the server's name was typed; then verifies that there is none. */
  destroy(confirmed: Confirmed): Promise<TokenState> {
    const { owner } = confirmed
    const change = { operation: `POST /${owner}/token/destroy`, send: destroyToken, logText: 'was destroyed' }
    return this.change(confirmed, change, (_before, after) => after === undefined)
  }

  /** `isChanged` compares the tokens before and after. */
  private async change(
    { serverId, owner, confirmation }: Confirmed,
    {
      operation,
      send,
      logText,
    }: {
      readonly operation: string
      readonly send: (writer: PbxWriter, owner: TokenOwner) => Promise<void>
      readonly logText: string
    },
    isChanged: (before: string | undefined, after: string | undefined) => boolean,
  ): Promise<TokenState> {
    const approved = await this.deps.writer.approve(serverId, confirmation, { typedName: true })
    const reader = this.deps.servers.reader(serverId)
    const before = await approved.before(() => serverToken(reader, owner))
    const stateOf = (token: string | undefined): TokenState => ({ present: token !== undefined })
    const readChange = async (): Promise<TokenState | undefined> => {
      const after = await serverToken(reader, owner)
      return isChanged(before, after) ? stateOf(after) : undefined
    }
    const identity = `token of the ${ownerNames[owner]}`
    const state = await approved.perform(
      {
        kind: 'action',
        operation,
        identity,
        before: { ...stateOf(before) },
        changes: { present: send === regenerateToken },
      },
      { send: (writer) => send(writer, owner), ...verifiedBy(operation, readChange, 'the token has not changed') },
    )
    this.logAction({ serverId, owner }, logText)
    return state
  }

  private async requireToken({ serverId, owner }: TokenRef): Promise<string> {
    const token = await serverToken(this.deps.servers.reader(serverId), owner)
    if (token !== undefined) return token
    throw new FleetError({
      code: 'not-found',
      message: `No token on the PBX for the ${ownerNames[owner]}`,
      hint: 'Generate a token first.',
    })
  }

  private logAction({ serverId, owner }: TokenRef, logText: string): void {
    this.deps.log.info(`the ${ownerNames[owner]} token of ${serverId} ${logText}`)
  }
}
